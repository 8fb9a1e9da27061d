// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Cli.Tests.Vocab;

/// <summary><c>bert vocab</c> as a user starts it.</summary>
public class VocabTests
{
    internal const string Text = "low low low low low lower lower newest newest newest newest newest newest widest widest widest\n";

    [Fact]
    public void Vocab_OfSeveralFiles_IsWrittenAndTalkedAbout()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", Text[..20]);
        folder.Write("b.txt", Text[20..]);
        BertResult result = Run(folder, "--input-file=*.txt", "--vocab-size=29", "--surplus=0").Succeeded();
        Assert.Equal("vocab.txt: 29 tokens (5 special, 20 of one character, 4 learnt)\n", result.Output);
        Assert.Equal("2 files: 16 words, 4 distinct, 10 characters", result.ErrorLines[0]);
        Assert.Matches(@"^learnt in \d+\.\d s$", result.ErrorLines[1]);

        // The paper's example, in the paper's order; lines end as Google's files do.
        string written = Encoding.UTF8.GetString(File.ReadAllBytes(folder.At("vocab.txt")));
        Assert.StartsWith("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nd\ne\n", written);
        Assert.EndsWith("\n##w\n##es\n##est\nlo\nlow\n", written);

        BertResult tokens = new Bert { WorkingDirectory = folder.Path, Input = "lowest"u8.ToArray() }
            .RunWith("tokenize", "--vocab-file=vocab.txt", "--input-file=-", "--tokens").Succeeded();
        Assert.Equal("low ##est\n", tokens.Output);
    }

    [Fact]
    public void Vocab_AskedForJson_PrintsOneObject()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", $"{Text} {new string('x', 201)}");
        BertResult result = Run(
            folder, "--input-file=a.txt", "--vocab-size=29", "--surplus=0", "--limit-alphabet=10", "--format=json").Succeeded();
        Assert.Equal(
            """
            {"file":"vocab.txt","tokens":29,"special_tokens":5,"alphabet_tokens":20,"learnt_tokens":4,"words":16,"distinct_words":4,
            "overlong_words":1,"characters":10,"dropped_characters":0}

            """.ReplaceLineEndings("") + "\n",
            result.Output);
        Assert.StartsWith("1 file: 16 words, ", result.ErrorLines[0]);
    }

    [Fact]
    public void Vocab_WithOtherThreadsAndOrder_HasTheSameBytes()
    {
        string novels = SharedFolder.Path("data/prose/english-novels");
        string[] files = [.. Directory.GetFiles(novels, "[BC]*.txt").Concat(Directory.GetFiles(novels, "Burnett*.txt"))];
        Assert.NotEmpty(files);
        using var folder = new TemporaryFolder();
        byte[][] bytes = [.. new[] { files, [.. files.Reverse()] }.SelectMany(order => new[] { 1, 2 }.Select(threads =>
        {
            Run(folder, $"--input_file={string.Join(',', order)}", "--vocab_size=3000", $"--threads={threads}").Succeeded();
            return File.ReadAllBytes(folder.At("vocab.txt"));
        }))];
        Assert.All(bytes, other => Assert.Equal(bytes[0], other));
    }

    [Fact]
    public void Vocab_ThatCannotBeAsWished_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", $"{Text} {new string('x', 201)} é");
        BertResult result = Run(
            folder, "--input_file=a.txt", "--nodo_lower_case", "--limit_alphabet=10", "--unused_tokens=2", "--max_words=4").Succeeded();
        Assert.Equal("learnt from the 4 most frequent words (--max_words)", result.ErrorLines[1]);
        Assert.StartsWith("1 word of more than 200 characters left out", result.ErrorLines[2]);
        Assert.StartsWith("1 rare character left out (--limit_alphabet)", result.ErrorLines[3]);
        Assert.StartsWith("fewer than 30,000 tokens: ", result.ErrorLines[4]);
        Assert.Equal("[unused1]", File.ReadLines(folder.At("vocab.txt")).ElementAt(6));
    }

    internal static BertResult Run(TemporaryFolder folder, params string[] flags) =>
        new Bert { WorkingDirectory = folder.Path }.RunWith(["vocab", "--output_file=vocab.txt", .. flags]);
}
