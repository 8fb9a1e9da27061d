// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>Ops on some rows give those rows of the same op on all, to the last bit.</summary>
public class SomeRowsTests
{
    private static readonly int[] Lengths = [1, 19, 40, 33], Keys = [1, 12, 40, 20];

    private static readonly IndexTensor Some = new([0, 1, 7, 19, 20, 41, 60, 92]);

    public static TheoryData<string> Backends =>
        ["reference", .. Enum.GetValues<SimdLevel>().Where(CpuBackend.Supports).Select(l => $"{l}")];

    [Theory, MemberData(nameof(Backends))]
    public void Dropout_OfSomeRows_DrawsWhatTheyDrawAmongAll(string name)
    {
        using IBackend backend = Create(name);
        foreach (int columns in new[] { 3, 36, 131 })
        {
            Tape all = New(backend), some = New(backend);
            Variable x = Normal(all, new Shape(Lengths.Sum(), columns));
            double[] expected = Read(backend, all.Gather(all.Dropout(x, 0.3), Some));
            Assert.Equal(expected, Read(backend, some.Dropout(some.Gather(x, Some), 0.3, Some)));
            Assert.Contains(0.0, expected);
        }
    }

    [Theory, MemberData(nameof(Backends))]
    public void Attention_OfSomeRows_GivesTheirContext(string name)
    {
        using IBackend backend = Create(name);
        var layout = new SequenceLayout(Lengths, Keys);
        var shape = new Shape(layout.TotalRows, 2 * 13);
        foreach (double dropout in new[] { 0, 0.3 })
        {
            Tape all = New(backend), some = New(backend);
            Variable q = Normal(all, shape), k = Normal(all, shape), v = Normal(all, shape);
            Variable expected = all.Gather(all.Attention(q, k, v, layout, 2, dropout, "a"), Some);
            Variable actual = some.Attention(some.Gather(q, Some), k, v, layout.WithQueries(Some), 2, dropout, "a");
            Assert.Equal(Read(backend, expected), Read(backend, actual));
        }
    }

    /// <summary>Gradients by keys and values are sums over fewer rows: the same but for rounding.</summary>
    [Fact]
    public void AttentionBackward_OfSomeRows_EqualsThatOfAllWithZeroGradients()
    {
        using var backend = new ReferenceBackend();
        var layout = new SequenceLayout(Lengths, Keys);
        var shape = new Shape(layout.TotalRows, 2 * 13);
        double[][] all = Gradients(
            backend, shape, (tape, q, k, v) => tape.Gather(tape.Attention(q, k, v, layout, 2, 0.3, "a"), Some));
        double[][] some = Gradients(
            backend, shape, (tape, q, k, v) => tape.Attention(tape.Gather(q, Some), k, v, layout.WithQueries(Some), 2, 0.3, "a"));
        for (int i = 0; i < 3; i++)
        {
            Assert.Contains(all[i], g => Math.Abs(g) > 0.1);
            Assert.All(all[i].Zip(some[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        }
    }

    [Theory]
    [InlineData(new[] { 0, 1, 20 }, "sequence 3 has no row that asks")]
    [InlineData(new[] { 0, 5, 4, 20, 60 }, "query 2 is row 4")]
    [InlineData(new[] { 0, 1, 1, 20, 60 }, "query 2 is row 1")]
    [InlineData(new[] { 0, 1, 20, 60, 93 }, "query 4 is row 93")]
    [InlineData(new[] { -1, 0, 1, 20, 60 }, "query 0 is row -1")]
    public void WithQueries_OfWrongRows_IsRefused(int[] rows, string message)
    {
        var layout = new SequenceLayout(Lengths);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => layout.WithQueries(new IndexTensor(rows))).Message);
    }

    private static double[][] Gradients(
        ReferenceBackend backend, Shape shape, Func<Tape, Variable, Variable, Variable, Variable> build)
    {
        var tape = new Tape(backend) { IsTraining = true, Seed = 3 };
        Variable[] inputs = [.. Enumerable.Range(0, 3).Select(i => new Variable(Normal(tape, shape, i).Value, requiresGradient: true))];
        Variable y = build(tape, inputs[0], inputs[1], inputs[2]);
        tape.Backward(y, Normal(tape, y.Shape).Value);
        return [.. inputs.Select(input => Read(backend, input.Gradient!))];
    }

    private static Tape New(IBackend backend) => new(backend, isRecording: false) { IsTraining = true, Seed = 3 };

    private static IBackend Create(string name) =>
        name == "reference" ? new ReferenceBackend() : new CpuBackend(2, Enum.Parse<SimdLevel>(name));

    private static Variable Normal(Tape tape, Shape shape, int stream = 0) =>
        tape.Constant(new RandomNumbers(23, (uint)stream).Normals(shape.Length), shape);

    private static double[] Read(IBackend backend, Variable x) => Read(backend, x.Value);

    private static double[] Read(IBackend backend, Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }
}
