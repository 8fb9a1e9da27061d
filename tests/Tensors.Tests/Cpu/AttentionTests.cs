// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public class AttentionTests
{
    private const double Tolerance = 3e-6;

    private static readonly DropoutMask Mask = new(0.3, 77, 5, 9);

    public static TheoryData<SimdLevel, int, int> Cases
    {
        get
        {
            var data = new TheoryData<SimdLevel, int, int>();
            foreach (SimdLevel level in HostArrays.Levels)
            {
                foreach ((int heads, int size) in new[] { (1, 1), (3, 2), (2, 5), (1, 8), (5, 13), (12, 32), (2, 64), (1, 70) })
                {
                    data.Add(level, heads, size);
                }
            }

            return data;
        }
    }

    public static TheoryData<SimdLevel> Levels => [.. HostArrays.Levels];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Attention_RaggedBatch_EqualsTheFormulasInDouble(SimdLevel level, int heads, int size)
    {
        using var backend = new CpuBackend(2, level);
        var layout = new SequenceLayout([1, 17, 5, 40, 2, 33], [1, 17, 3, 33, 1, 31]);
        Check(backend, new Random(heads + size), layout, heads, size, null, accumulate: false);
        Check(backend, new Random(heads + size), layout, heads, size, Mask, accumulate: true);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Attention_RandomBatches_EqualTheFormulasInDouble(SimdLevel level)
    {
        var random = new Random(1810);
        using var backend = new CpuBackend(2, level);
        for (int round = 0; round < 25; round++)
        {
            int[] rows = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 30))];
            int[] keys = [.. rows.Select(r => random.Next(1, r + 1))];
            DropoutMask? dropout = round % 3 == 0 ? null : Mask with { Step = (uint)round };
            Check(backend, random, new SequenceLayout(rows, keys), random.Next(1, 5), random.Next(1, 20), dropout, round % 2 == 0);
            backend.ResetStep();
        }
    }

    [Fact]
    public void Attention_LongSequence_EqualsTheFormulasInDouble()
    {
        using var backend = new CpuBackend(2);
        Check(backend, new Random(5), new SequenceLayout([401], [397]), 1, 33, Mask, accumulate: false);
    }

    [Fact]
    public void Attention_HugeScores_AreShiftedByTheirMaximum()
    {
        const int Keys = 21;
        float[] query = [.. Enumerable.Repeat(1000f, Keys)], key = [.. Enumerable.Range(0, Keys).Select(j => j == 4 ? 1000f : -1000f)];
        using var backend = new CpuBackend(1);
        Attention attention = new(backend, new SequenceLayout([Keys]), 1, 1, 1, null);

        attention.Forward(query, key, new float[Keys]);

        float[] probs = backend.Download(attention.Probs);
        Assert.All(Enumerable.Range(0, Keys * Keys), i => Assert.Equal(i % Keys == 4 ? 1f : 0f, probs[i]));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Attention_SequenceAloneOrInABatch_HasTheSameBits(SimdLevel level)
    {
        int[] lengths = [7, 50, 1, 33, 128, 12];
        const int Heads = 3, Hidden = 3 * 20;
        var random = new Random(8);
        var layout = new SequenceLayout(lengths);
        float[][] inputs = [.. Enumerable.Range(0, 4).Select(_ => HostArrays.Random(random, layout.TotalRows * Hidden))];
        using var backend = new CpuBackend(2, level);
        float[][] batch = ForwardAndBackward(backend, layout, Heads, Hidden, null, inputs);
        for (int b = 0; b < layout.Count; b++)
        {
            Range rows = (layout.Start(b) * Hidden)..(layout.Start(b + 1) * Hidden);
            float[][] alone = ForwardAndBackward(
                backend, new SequenceLayout([lengths[b]]), Heads, Hidden, null, [.. inputs.Select(values => values[rows])]);
            Range probs = (int)layout.ProbabilityStart(b, Heads)..(int)layout.ProbabilityStart(b + 1, Heads);
            for (int i = 0; i < batch.Length; i++)
            {
                HostArrays.AssertSameBits(batch[i][i == 0 ? probs : rows], alone[i], $"sequence {b}, result {i}");
            }
        }
    }

    [Fact]
    public void Attention_AnyNumberOfThreads_GivesTheSameBits()
    {
        var layout = new SequenceLayout([90, 3, 44, 17], [85, 3, 44, 1]);
        const int Heads = 4, Hidden = 4 * 16;
        var random = new Random(9);
        float[][] inputs = [.. Enumerable.Range(0, 4).Select(_ => HostArrays.Random(random, layout.TotalRows * Hidden))];
        foreach (SimdLevel level in HostArrays.Levels)
        {
            using var single = new CpuBackend(1, level);
            float[][] expected = ForwardAndBackward(single, layout, Heads, Hidden, Mask, inputs);
            foreach (int threads in new[] { 2, 3 })
            {
                using var several = new CpuBackend(threads, level);
                float[][] actual = ForwardAndBackward(several, layout, Heads, Hidden, Mask, inputs);
                Assert.All(Enumerable.Range(0, 5), i => HostArrays.AssertSameBits(expected[i], actual[i], $"{level}, {threads}, {i}"));
            }
        }
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    public void AttentionBackward_SomeGradients_AreThoseOfAll(bool byQuery, bool byKey, bool byValue)
    {
        var layout = new SequenceLayout([9, 14], [8, 14]);
        const int Heads = 2, Hidden = 12;
        var random = new Random(10);
        float[][] inputs = [.. Enumerable.Range(0, 4).Select(_ => HostArrays.Random(random, layout.TotalRows * Hidden))];
        using var backend = new CpuBackend(1);
        float[][] all = ForwardAndBackward(backend, layout, Heads, Hidden, Mask, inputs);
        Attention attention = new(backend, layout, Heads, Hidden / Heads, 0.25, Mask);
        attention.Forward(inputs[0], inputs[1], inputs[2]);
        Target?[] targets = [.. new[] { byQuery, byKey, byValue }.Select(
            wanted => wanted ? Target.New(backend, random, new Shape(layout.TotalRows, Hidden), false) : null)];

        attention.Backward(inputs[3], targets[0], targets[1], targets[2]);

        for (int i = 0; i < 3; i++)
        {
            if (targets[i] is { } target)
            {
                HostArrays.AssertSameBits(all[i + 2], backend.Download(target.Gradient.Tensor), $"gradient {i}");
            }
        }
    }

    /// <summary>Probabilities, context, gradients by query, key and value.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Attention_WhoseProbabilitiesNobodyReads_GivesTheSameBits(double probability)
    {
        const int Heads = 3, Hidden = 21;
        var layout = new SequenceLayout([1, 5, 33, 16, 70], [1, 3, 33, 9, 70]);
        DropoutMask? dropout = probability > 0 ? new DropoutMask(probability, 3, 1, 2) : null;
        var shape = new Shape(layout.TotalRows, Hidden);
        foreach (SimdLevel level in HostArrays.Levels)
        {
            using var backend = new CpuBackend(2, level);
            var random = new Random(5);
            Tensor[] qkv = [.. Enumerable.Range(0, 3).Select(_ => backend.Upload(shape, HostArrays.Random(random, shape.Length)))];
            Tensor expected = backend.Poisoned(shape), actual = backend.Poisoned(shape);
            Tensor probs = backend.Poisoned(new Shape((int)layout.ProbabilityStart(layout.Count, Heads)));
            backend.Attention(qkv[0], qkv[1], qkv[2], layout, Heads, 0.25, dropout, expected, probs);
            backend.Attention(qkv[0], qkv[1], qkv[2], layout, Heads, 0.25, dropout, actual, probs: null);
            HostArrays.AssertSameBits(backend.Download(expected), backend.Download(actual), $"{level}");
        }
    }

    private static float[][] ForwardAndBackward(
        CpuBackend backend, SequenceLayout layout, int heads, int hidden, DropoutMask? dropout, float[][] inputs)
    {
        backend.ResetStep();
        Attention attention = new(backend, layout, heads, hidden / heads, 0.25, dropout);
        attention.Forward(inputs[0], inputs[1], inputs[2]);
        Target[] targets = [.. Enumerable.Range(0, 3).Select(
            _ => Target.New(backend, new Random(0), new Shape(layout.TotalRows, hidden), false))];
        attention.Backward(inputs[3], targets[0], targets[1], targets[2]);
        return [backend.Download(attention.Probs), backend.Download(attention.Context),
            .. targets.Select(target => backend.Download(target.Gradient.Tensor))];
    }

    private static void Check(
        CpuBackend backend, Random random, SequenceLayout layout, int heads, int size, DropoutMask? dropout, bool accumulate)
    {
        int hidden = heads * size;
        double scale = 1 / Math.Sqrt(size);
        float[][] inputs = [.. Enumerable.Range(0, 4).Select(_ => HostArrays.Random(random, layout.TotalRows * hidden))];
        NaiveAttention expected =
            new NaiveAttention(layout, heads, hidden, (float)scale, dropout).Run(inputs[0], inputs[1], inputs[2], inputs[3]);
        Attention attention = new(backend, layout, heads, size, scale, dropout);
        attention.Forward(inputs[0], inputs[1], inputs[2]);
        string what = $"heads {heads} of {size}, rows {layout.TotalRows}";
        HostArrays.AssertClose(expected.Probs, Ones(expected.Probs), backend.Download(attention.Probs), Tolerance, what + " probs");
        HostArrays.AssertClose(expected.Context, Ones(expected.Context), backend.Download(attention.Context), Tolerance, what + " context");

        Target[] targets = [.. Enumerable.Range(0, 3).Select(
            _ => Target.New(backend, random, new Shape(layout.TotalRows, hidden), accumulate))];
        attention.Backward(inputs[3], targets[0], targets[1], targets[2]);
        double[][] gradients = [expected.DQuery, expected.DKey, expected.DValue];
        for (int i = 0; i < 3; i++)
        {
            float[]? before = targets[i].Before;
            double[] sums = [.. gradients[i].Select((value, at) => value + (before?[at] ?? 0))];
            HostArrays.AssertClose(sums, Ones(sums, 5), backend.Download(targets[i].Gradient.Tensor), Tolerance, $"{what} gradient {i}");
        }
    }

    private static double[] Ones(double[] values, double magnitude = 1) => [.. values.Select(value => magnitude + Math.Abs(value))];

    /// <summary>One attention and its tensors.</summary>
    private sealed class Attention(CpuBackend backend, SequenceLayout layout, int heads, int size, double scale, DropoutMask? dropout)
    {
        private readonly Shape _shape = new(layout.TotalRows, heads * size);
        private Tensor? _query, _key, _value;

        public Tensor Probs { get; } = backend.Poisoned(new Shape((int)layout.ProbabilityStart(layout.Count, heads)));

        public Tensor Context { get; } = backend.Poisoned(new Shape(layout.TotalRows, heads * size));

        public void Forward(float[] query, float[] key, float[] value)
        {
            (_query, _key, _value) = (backend.Upload(_shape, query), backend.Upload(_shape, key), backend.Upload(_shape, value));
            backend.Attention(_query, _key, _value, layout, heads, scale, dropout, Context, Probs);
        }

        public void Backward(float[] dContext, Target? dQuery, Target? dKey, Target? dValue) => backend.AttentionBackward(
            _query!, _key!, _value!, layout, heads, scale, dropout, Probs, backend.Upload(_shape, dContext),
            dQuery?.Gradient, dKey?.Gradient, dValue?.Gradient);
    }
}
