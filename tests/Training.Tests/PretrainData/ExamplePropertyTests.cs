// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>What holds for every example, whatever the text and the way.</summary>
public class ExamplePropertyTests
{
    private const int ClassId = 2, SeparatorId = 3, MaskId = 4;

    public static MatrixTheoryData<bool, bool, int> Ways => new([false, true], [false, true], [1, 2]);

    [Theory, MemberData(nameof(Ways))]
    public void Examples_OfARandomText_AreSound(bool streaming, bool wholeWords, int seed)
    {
        string text = RandomTexts.Make(seed, documents: 60);
        using var run = new PretrainRun(text);
        PretrainDataOptions options = run.Options with
        {
            Streaming = streaming,
            DoWholeWordMask = wholeWords,
            RandomSeed = seed,
            ShortSeqProb = 0.3,
            DupeFactor = 4,
        };
        List<StoredExample> examples = PretrainRun.Examples(options);
        SourceText source = new(Drawn.Documents(text, RandomTexts.Vocabulary));
        Assert.InRange(examples.Count, 1000, 10_000);
        foreach (StoredExample example in examples)
        {
            CheckShape(example);
            CheckMasks(example, options);
            CheckTexts(example, source);
        }

        CheckShares(examples);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sentences_WhereNothingIsCut_AreUsedAsOftenAsAskedFor(bool streaming)
    {
        // Each sentence has a word of its own, and two documents always fit into an example.
        string text = string.Concat(Enumerable.Range(0, 300).Select(i => $"w{i} w1999 w1998\n{(i % 7 == 6 ? "\n" : "")}"));
        using var run = new PretrainRun(text);
        List<StoredExample> examples = PretrainRun.Examples(run.Options with
        {
            Streaming = streaming,
            MaxSeqLength = 128,
            MaxPredictionsPerSeq = 20,
            ShortSeqProb = 0,
            DupeFactor = 9,
        });

        // What was drawn to be random text is used besides.
        int[] used = new int[RandomTexts.Vocabulary.Count];
        foreach (StoredExample example in examples)
        {
            (int[] a, int[] b) = example.Texts();
            foreach (int id in example.NextSentence == 0 ? [.. a, .. b] : a)
            {
                used[id]++;
            }
        }

        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(9, used[RandomTexts.Vocabulary.IdOf($"w{i}")]));
    }

    private static void CheckShape(StoredExample example)
    {
        int tokens = example.TokenCount;
        Assert.Equal(Enumerable.Range(0, example.InputIds.Length).Select(i => i < tokens ? 1 : 0), example.InputMask);
        Assert.All(example.InputIds[tokens..], id => Assert.Equal(0, id));
        int[] ids = example.OriginalIds();
        int separator = Array.IndexOf(ids, SeparatorId);
        Assert.Equal(ClassId, ids[0]);
        Assert.InRange(separator, 2, tokens - 3);
        Assert.Equal(tokens - 1, Array.LastIndexOf(ids, SeparatorId));
        Assert.Equal(2, ids.Count(id => id == SeparatorId));
        Assert.Equal(
            Enumerable.Range(0, example.InputIds.Length).Select(i => i > separator && i < tokens ? 1 : 0), example.SegmentIds);
        Assert.InRange(example.NextSentence, 0, 1);
    }

    private static void CheckMasks(StoredExample example, PretrainDataOptions options)
    {
        int masked = example.MaskedCount;
        int wanted = Math.Min(
            options.MaxPredictionsPerSeq, Math.Max(1, (int)Math.Round(example.TokenCount * 0.15, MidpointRounding.ToEven)));
        Assert.Equal(Enumerable.Range(0, example.Weights.Length).Select(i => i < masked ? 1f : 0), example.Weights);
        Assert.All(example.Positions[masked..].Concat(example.Labels[masked..]), value => Assert.Equal(0, value));
        Assert.Equal(example.Positions[..masked].Distinct().Order(), example.Positions[..masked]);
        Assert.All(example.Labels[..masked], id => Assert.DoesNotContain(id, new[] { ClassId, SeparatorId, MaskId, 0 }));
        Assert.InRange(masked, options.DoWholeWordMask ? 0 : wanted, wanted);
        if (options.DoWholeWordMask)
        {
            CheckWholeWords(example);
        }
    }

    private static void CheckWholeWords(StoredExample example)
    {
        int[] ids = example.OriginalIds(), masked = example.Positions[..example.MaskedCount];
        for (int i = 2; i < ids.Length; i++)
        {
            // Over the [SEP] even: what a cut left of a word goes with the token before.
            int before = ids[i - 1] == SeparatorId ? i - 2 : i - 1;
            if (RandomTexts.Vocabulary[ids[i]].StartsWith("##", StringComparison.Ordinal) && before > 0)
            {
                Assert.Equal(masked.Contains(before), masked.Contains(i));
            }
        }
    }

    private static void CheckTexts(StoredExample example, SourceText source)
    {
        (int[] a, int[] b) = example.Texts();
        if (example.NextSentence == 0)
        {
            Assert.True(source.Follows(a, b));
        }
        else
        {
            Assert.NotEmpty(source.Find(a));
            Assert.NotEmpty(source.Find(b));

            // No two documents are alike in so many tokens.
            if (a.Length > 3 && b.Length > 3)
            {
                Assert.Empty(source.Find(a).Select(place => place.Document).Intersect(source.Find(b).Select(place => place.Document)));
            }
        }
    }

    private static void CheckShares(List<StoredExample> examples)
    {
        double masked = 0, maskTokens = 0, unchanged = 0;
        foreach (StoredExample example in examples)
        {
            for (int i = 0; i < example.MaskedCount; i++)
            {
                int id = example.InputIds[example.Positions[i]];
                masked++;
                maskTokens += id == MaskId ? 1 : 0;
                unchanged += id == example.Labels[i] ? 1 : 0;
            }
        }

        Assert.InRange(maskTokens / masked, 0.77, 0.83);
        Assert.InRange(unchanged / masked, 0.08, 0.12);
        Assert.InRange(examples.Average(example => example.NextSentence), 0.4, 0.75);
    }
}
