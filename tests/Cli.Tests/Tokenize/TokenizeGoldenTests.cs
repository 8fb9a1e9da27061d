// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;

namespace BertManaged.Cli.Tests.Tokenize;

public class TokenizeGoldenTests
{
    [Theory]
    [InlineData("uncased", "bert-base-uncased", "true")]
    [InlineData("cased", "bert-base-cased", "false")]
    [InlineData("chinese", "bert-base-chinese", "true")]
    [InlineData("multilingual_cased", "bert-base-multilingual-cased", "false")]
    public void Tokenize_EveryGoldenLine_PrintsGooglesIds(string model, string vocabulary, string lowerCase)
    {
        using var folder = new TemporaryFolder();
        JsonElement[] rows = [.. Rows("goldens/tokenization/google.jsonl.gz")];
        string input = folder.Write("input.jsonl", string.Concat(rows.Select(row => row.GetRawText() + "\n")));
        string vocab = SharedFolder.Path($"data/vocab/{vocabulary}/vocab.txt");
        string[] lines = Bert.Run("tokenize", "--vocab-file", vocab, "--do-lower-case", lowerCase, "--jsonl", "--input-file", input)
            .Succeeded().Output.Split('\n');

        Assert.Equal(rows.Length + 1, lines.Length);
        Assert.Equal(11_154, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(string.Join(' ', rows[i].GetProperty(model).EnumerateArray()), lines[i]);
        }
    }

    private static IEnumerable<JsonElement> Rows(string path)
    {
        using var unpacked = new GZipStream(File.OpenRead(SharedFolder.Path(path)), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        while (reader.ReadLine() is { } line)
        {
            yield return JsonElement.Parse(line);
        }
    }
}
