// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;

namespace BertManaged.Cli.Tests.Tokenize;

public class TokenizeTests
{
    [Fact]
    public void Ids_AreOneLineForEachLine() =>
        Assert.Equal("8 7 10 5 16\n\n6 11\n", Run("The film was good.\r\n\nbadly"));

    [Fact]
    public void Ids_WithSpecialTokens_AreFramed() => Assert.Equal("2 5 3\n", Run("good", "--special-tokens"));

    [Fact]
    public void Tokens_ArePrintedInPlaceOfIds() => Assert.Equal("bad ##ly .\n", Run("badly.", "--tokens"));

    [Fact]
    public void LastLine_WithoutLineEnd_Counts() => Assert.Equal("5\n6\n", Run("good\nbad"));

    [Fact]
    public void Json_HasTokensIdsAndOffsets() => Assert.Equal(
        """{"tokens":["bad","##ly","[UNK]","."],"ids":[6,11,1,16],"offsets":[[0,3],[3,5],[6,8],[8,9]]}""" + "\n",
        Run("Badly 😀.", "--format", "json"));

    [Fact]
    public void JsonLines_WithTwoTexts_AreAPair()
    {
        using JsonDocument line =
            JsonDocument.Parse(Run("""{"text":"good","text_b":"not bad"}""", "--jsonl", "--format=json", "--special-tokens"));
        Assert.Equal([2, 5, 3, 13, 6, 3], Numbers(line, "ids"));
        Assert.Equal([0, 0, 0, 1, 1, 1], Numbers(line, "token_type_ids"));
    }

    [Fact]
    public void JsonLines_WithLineEndsInTheText_AreOneLineEach() =>
        Assert.Equal("5 6\n6\n", Run("{\"text\":\"good\\nbad\"}\n{\"text\":\"bad\"}\n", "--jsonl"));

    [Fact]
    public void Input_LongerThanEveryBuffer_IsReadWhole()
    {
        string line = string.Concat(Enumerable.Repeat("good bad ", 20_000));
        string[] ids = Run($"{line}\n{line}").Split('\n');
        Assert.Equal(40_000, ids[0].Split(' ').Length);
        Assert.Equal(ids[0], ids[1]);
    }

    [Theory]
    [InlineData("""{"text":5}""", "line 1")]
    [InlineData("{\"text\":\"good\"}\nnot json", "line 2")]
    [InlineData("""["good"]""", "line 1")]
    [InlineData("""{"other":"good"}""", "a string \"text\"")]
    [InlineData("{\"text\":\"\\ud800\"}", "line 1")]
    public void JsonLines_ThatAreNone_AreOneLineWithTheLineNumber(string input, string message)
    {
        using var folder = new TemporaryFolder();
        string vocab = Path.Combine(TinyModel.Write(folder), "vocab.txt");
        string file = folder.Write("input.jsonl", input);
        Bert.Run("tokenize", $"--vocab-file={vocab}", $"--input-file={file}", "--jsonl", "--format=json").EndedWith(3, file, message);
    }

    [Fact]
    public void Input_ThatIsNotUtf8_IsOneLineWithTheLineNumber()
    {
        using var folder = new TemporaryFolder();
        string vocab = Path.Combine(TinyModel.Write(folder), "vocab.txt");
        string file = folder.Write("input.txt", [.. "good\n"u8, 0xFF, (byte)'\n']);
        Bert.Run("tokenize", $"--vocab-file={vocab}", $"--input-file={file}").EndedWith(3, file, "line 2", "UTF-8");
    }

    [Fact]
    public void Files_ThatAreMissing_AreOneLineWithTheirName()
    {
        using var folder = new TemporaryFolder();
        string vocab = Path.Combine(TinyModel.Write(folder), "vocab.txt");
        Bert.Run("tokenize", $"--vocab-file={vocab}", "--input-file=nowhere.txt").FailedWith(2, "nowhere.txt");
        Bert.Run("tokenize", "--vocab-file=nowhere.txt", "--input-file=-").FailedWith(2, "nowhere.txt");
        Bert.Run("tokenize", $"--vocab-file={vocab}").FailedWith(2, "--input_file is required");
    }

    [Fact]
    public void Vocabulary_WithoutUnk_IsOneLineThatNamesFileAndToken()
    {
        using var folder = new TemporaryFolder();
        string vocab = folder.Write("vocab.txt", "good\nbad\n");
        Bert.RunOn("strange", "tokenize", $"--vocab-file={vocab}", "--input-file=-").EndedWith(3, vocab, "[UNK]");
        Bert.RunOn("good", "tokenize", $"--vocab-file={vocab}", "--input-file=-", "--special_tokens").FailedWith(3, vocab, "[CLS]");
    }

    private static string Run(string input, params string[] flags)
    {
        using var folder = new TemporaryFolder();
        string vocab = Path.Combine(TinyModel.Write(folder), "vocab.txt");
        string file = folder.Write("input.txt", Encoding.UTF8.GetBytes(input));
        BertResult result = Bert.Run(["tokenize", "--vocab-file", vocab, "--input-file", file, .. flags]).Succeeded();
        Assert.Equal(result.Output, Bert.RunOn(input, ["tokenize", "--vocab-file", vocab, "--input-file", "-", .. flags]).Output);
        return result.Output;
    }

    private static int[] Numbers(JsonDocument line, string key) =>
        [.. line.RootElement.GetProperty(key).EnumerateArray().Select(item => item.GetInt32())];
}
