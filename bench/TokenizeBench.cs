// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BertManaged.Text;

namespace BertManaged.Bench;

/// <summary>Text to ids and to tokens on one thread. BERTMANAGED_PROSE names a text file and BERTMANAGED_VOCAB a vocab.txt; without
/// them the passages and the vocabulary of the novelists in samples/ are used.</summary>
[MemoryDiagnoser]
[Config(typeof(Columns))]
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

    private sealed class Columns : ManualConfig
    {
        public Columns() => AddColumn(new TokenizeRateColumn());
    }
}
