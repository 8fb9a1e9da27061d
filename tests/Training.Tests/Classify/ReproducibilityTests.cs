// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

public class ReproducibilityTests
{
    [Fact]
    public void Training_OnOneTwoAndThreeThreads_WritesTheSameBits()
    {
        byte[][] weights = [.. new[] { 1, 2, 3 }.Select(threads => Train(threads, seed: 4))];
        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(weights[0], weights[2]);
    }

    [Fact]
    public void Training_WithAnotherSeed_WritesOtherBits() => Assert.NotEqual(Train(threads: 2, seed: 4), Train(threads: 2, seed: 5));

    [Fact]
    public void MaxSteps_OfALongerRun_AreTheFirstStepsOfTheWholeOne()
    {
        StepReport[] whole = Steps(maxSteps: null), cut = Steps(maxSteps: 5);
        Assert.Equal(17, whole.Length);
        Assert.Equal(5, cut.Length);
        Assert.Equal(
            whole.Take(5).Select(s => (s.Loss, s.LearningRate, s.TotalSteps)), cut.Select(s => (s.Loss, s.LearningRate, s.TotalSteps)));
    }

    private static byte[] Train(int threads, ulong seed)
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = SmallModel.Write(folder) with { Seed = seed };
        using var backend = new CpuBackend(threads);
        new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None);
        return File.ReadAllBytes(Path.Combine(options.OutputDir, "model.safetensors"));
    }

    private static StepReport[] Steps(int? maxSteps)
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        var log = new SilentLog();
        new Classifier(SmallModel.Write(folder) with { MaxSteps = maxSteps }, backend, log).Run(CancellationToken.None);
        return [.. log.Steps];
    }
}
