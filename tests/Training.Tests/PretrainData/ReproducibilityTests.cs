// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace BertManaged.Training.Tests.PretrainData;

/// <summary>The same examples for the same text, vocabulary, options and seed, whatever else there is.</summary>
public class ReproducibilityTests
{
    // Two chunks of text.
    private static readonly string Text = RandomTexts.Make(seed: 3, documents: 400);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Jobs_AnyNumber_GiveTheSameBytes(bool streaming)
    {
        using var run = new PretrainRun(Text);
        PretrainDataOptions options = run.Options with
        {
            Streaming = streaming,
            DupeFactor = 2,
            PartBytes = 100_000,
            OutputFile = string.Join(',', Enumerable.Range(0, 3).Select(i => $"{run.Options.OutputFile}{i}")),
        };
        byte[][] one = AllBytes(options with { Jobs = 1 });
        Assert.InRange(one[0].Length, one[2].Length, one[2].Length + 2000);
        foreach (int jobs in new[] { 2, 3 })
        {
            byte[][] several = AllBytes(options with { Jobs = jobs });
            Assert.Equal(one.Length, several.Length);
            Assert.All(one.Zip(several), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second), $"{jobs} jobs"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Seed_Another_GivesOtherBytes(bool streaming)
    {
        using var run = new PretrainRun(RandomTexts.Make(seed: 4, documents: 30));
        PretrainDataOptions options = run.Options with { Streaming = streaming };
        byte[] bytes = PretrainRun.Bytes(options);
        Assert.Equal(bytes, PretrainRun.Bytes(options));
        Assert.NotEqual(bytes, PretrainRun.Bytes(options with { RandomSeed = BigInteger.Pow(2, 40) + 12345 }));
        Assert.Equal(["out", "text", "vocab"], run.Files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void MaxMemory_WithStreaming_ChangesNothing()
    {
        using var run = new PretrainRun(Text);
        PretrainDataOptions options = run.Options with { Streaming = true, DupeFactor = 2, PartBytes = 100_000, Jobs = 2 };
        Assert.Equal(PretrainRun.Bytes(options), PretrainRun.Bytes(options with { MaxMemory = 115_000_000 }));
    }

    [Fact]
    public void Outputs_Several_HaveTheExamplesOfOneInTurn()
    {
        using var run = new PretrainRun(RandomTexts.Make(seed: 5, documents: 30));
        List<StoredExample> all = PretrainRun.Examples(run.Options);
        string[] files = [.. Enumerable.Range(0, 3).Select(i => $"{run.Options.OutputFile}{i}")];
        PretrainDataResult result = PretrainRun.Run(run.Options with { OutputFile = string.Join(',', files) });
        Assert.Equal(all.Count, result.Examples);
        for (int i = 0; i < files.Length; i++)
        {
            List<StoredExample> some = StoredExample.ReadAll(files[i], run.Options);
            Assert.Equal(some.Count, result.Files[i].Examples);
            Assert.Equal(all.Where((_, k) => k % 3 == i).Select(example => example.InputIds), some.Select(example => example.InputIds));
        }
    }

    private static byte[][] AllBytes(PretrainDataOptions options)
    {
        PretrainRun.Run(options);
        return [.. options.OutputFile.Split(',').Select(File.ReadAllBytes)];
    }
}
