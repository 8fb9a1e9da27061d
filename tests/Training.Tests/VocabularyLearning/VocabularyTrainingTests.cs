// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Testing;
using BertManaged.Text;
using BertManaged.Text.Learning;

namespace BertManaged.Training.Tests.VocabularyLearning;

public class VocabularyTrainingTests
{
    [Theory]
    [InlineData("data/prose/english-novels/Burnett_Garden_1911.txt", true, 2000)]
    [InlineData("data/prose/english-novels/Burnett_Garden_1911.txt", false, 2000)]
    [InlineData("data/multilingual/*.txt", true, 20000)]
    [InlineData("data/multilingual/*.txt", false, 20000)]
    public void Vocabulary_OfRealText_TokenizesItWithoutUnknownWords(string pattern, bool lowerCase, int vocabSize)
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> files = Files(pattern);
        VocabularyResult result = Learn(folder, files, lowerCase, new VocabularyRecipe { VocabSize = vocabSize, MinFrequency = 1 });
        Assert.Equal(vocabSize, result.Tokens.Count);
        Assert.Equal(0, result.Counts.OverlongWords);

        Vocabulary vocabulary = Vocabulary.Load(folder.File("vocab.txt"));
        Assert.Equal(result.Tokens, vocabulary.Tokens);
        (long tokens, long unknown) = Count(files, new BertTokenizer(vocabulary, lowerCase));
        Assert.Equal(0, unknown);
        Assert.True(tokens >= result.Counts.TotalWords);
    }

    [Fact]
    public void Vocabulary_WithALimitedAlphabet_LeavesOnlyWordsWithDroppedCharactersUnknown()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> files = Files("data/multilingual/*.txt");
        VocabularyResult result =
            Learn(folder, files, lowerCase: true, new VocabularyRecipe { VocabSize = 5000, LimitAlphabet = 300 });
        Assert.True(result.DroppedCharacters > 0);

        HashSet<int> kept = [.. result.Counts.Characters.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(300).Select(c => c.Key)];
        long expected = result.Counts.Words.Where(word => word.Key.EnumerateRunes().Any(rune => !kept.Contains(rune.Value)))
            .Sum(word => word.Value);
        Assert.Equal(expected, Count(files, new BertTokenizer(Vocabulary.Load(folder.File("vocab.txt")))).Unknown);
    }

    [Fact]
    public void Run_WithAnyThreadsOrderAndLimitOfMemory_WritesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. Enumerable.Range(0, 5).Select(i => folder.Write($"{i}.txt", Encoding.UTF8.GetBytes(RandomText(i))))];
        byte[] expected = Bytes(files, threads: 1, maxWords: 5_000_000);
        Assert.Equal(expected, Bytes(files, threads: 2, maxWords: 5_000_000));
        Assert.Equal(expected, Bytes([.. files.Reverse()], threads: 3, maxWords: 5_000_000));

        byte[] limited = Bytes(files, threads: 1, maxWords: 500);
        Assert.NotEqual(expected, limited);
        Assert.Equal(limited, Bytes([.. files.Reverse()], threads: 4, maxWords: 500));

        byte[] Bytes(string[] inputs, int threads, int maxWords)
        {
            VocabularyTraining.Run(new VocabularyOptions
            {
                InputFiles = inputs,
                OutputFile = folder.File("vocab.txt"),
                Recipe = new VocabularyRecipe { VocabSize = 700 },
                Threads = threads,
                MaxWords = maxWords,
            }, CancellationToken.None);
            return File.ReadAllBytes(folder.File("vocab.txt"));
        }
    }

    [Fact]
    public void Run_TextWithCarriageReturns_DropsThemAsTensorFlowsReaderDoes()
    {
        using var folder = new TemporaryFolder();
        string windows = folder.Write("a.txt", "one two\r\nth\rree\r\n"u8.ToArray());
        VocabularyResult result = Learn(folder, [windows], lowerCase: true, new VocabularyRecipe());
        Assert.Equal(["one", "three", "two"], result.Counts.Words.Select(word => word.Key).Order(StringComparer.Ordinal));
    }

    private static VocabularyResult Learn(TemporaryFolder folder, IReadOnlyList<string> files, bool lowerCase, VocabularyRecipe recipe) =>
        VocabularyTraining.Run(new VocabularyOptions
        {
            InputFiles = files,
            OutputFile = folder.File("vocab.txt"),
            LowerCase = lowerCase,
            Recipe = recipe,
        }, CancellationToken.None);

    private static IReadOnlyList<string> Files(string pattern) =>
        InputFiles.Expand(Path.Combine(SharedFolder.Path(Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)), "--input_file");

    private static (long Tokens, long Unknown) Count(IEnumerable<string> files, BertTokenizer tokenizer)
    {
        var ids = new List<int>();
        foreach (string file in files)
        {
            tokenizer.Encode(File.ReadAllText(file), ids);
        }

        int unknown = tokenizer.Vocabulary.IdOf("[UNK]");
        return (ids.Count, ids.Count(id => id == unknown));
    }

    // Some thousand words of a few letters, so that many are equally frequent.
    private static string RandomText(int seed)
    {
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, 3000).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => "abcde"[random.Next(5)]))));
    }
}
