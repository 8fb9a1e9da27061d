// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Text;

namespace BertManaged.Bench;

/// <summary>Text to ids on one thread. BERTMANAGED_PROSE names a text file and BERTMANAGED_VOCAB a vocab.txt; without them the
/// .txt files and the vocabulary of samples/ are used.</summary>
[MemoryDiagnoser]
public class TokenizeBench
{
    private readonly List<int> _ids = [];
    private string _text = "";
    private string[] _lines = [];
    private BertTokenizer _tokenizer = null!;

    [GlobalSetup]
    public void ReadFiles()
    {
        _text = TokenizeFiles.Prose();
        _lines = _text.Split('\n');
        _tokenizer = new BertTokenizer(TokenizeFiles.Vocabulary());
        int tokens = EncodeText();
        Console.WriteLine($"// {_text.Length} characters, {tokens} tokens: tokens per second = {tokens} / mean time");
    }

    [Benchmark]
    public int EncodeText()
    {
        _ids.Clear();
        _tokenizer.Encode(_text, _ids);
        return _ids.Count;
    }

    [Benchmark]
    public int EncodeLines()
    {
        int tokens = 0;
        foreach (string line in _lines)
        {
            _ids.Clear();
            _tokenizer.Encode(line, _ids);
            tokens += _ids.Count;
        }

        return tokens;
    }

    [Benchmark]
    public int TokenizeLines() => _lines.Sum(line => _tokenizer.Tokenize(line).Count);
}
