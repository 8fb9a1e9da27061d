// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>A table whose gradient has memory that is used again, step after step, learns what it learns where each step has new memory
/// for it.</summary>
public class GradientRowsTests
{
    // More than one block of the norm, and rows that share vectors.
    private const int Words = 2003, Hidden = 20, Rows = 6;

    private static readonly Shape Table = new(Words, Hidden);

    private static readonly IndexTensor First = new([7, 1990, 7, 64, 63, 7]), Second = new([8, 7, 0, 2002, 0, 1638]),
        Third = new([1639, 1639, 500, 501, 502, 9]);

    /// <summary>Steps; each goes back once or more often before its update.</summary>
    private static readonly Func<Tape, Parameter, Variable>[][] Steps =
    [
        [(tape, table) => tape.Gather(table, First)],
        [(tape, table) => tape.Gather(table, Second)],
        [LookUpTwice],
        [(tape, table) => tape.Gather(table, Third)],
        [TiedDecoder],
        [(tape, table) => tape.Gather(table, First)],
        [(tape, table) => tape.Gather(table, Second), LookUpTwice, (tape, table) => tape.Gather(table, First)],
        [(tape, table) => tape.Gather(table, Third)],
        [LookUpThenDense],
        [(tape, table) => tape.Gather(table, Second)],
        [(tape, table) => tape.Gather(table, First), Dense],
        [(tape, table) => tape.Gather(table, Third)],
        [InParts],
        [(tape, table) => tape.Gather(table, Third)],
        [TableIntoPart],
        [(tape, table) => tape.Gather(table, First)],
    ];

    public static TheoryData<string> Backends =>
        ["reference", .. Enum.GetValues<SimdLevel>().Where(CpuBackend.Supports).Select(l => $"{l}")];

    [Theory, MemberData(nameof(Backends))]
    public void Steps_InMemoryThatIsUsedAgain_AreThoseInNewMemory(string name)
    {
        using IBackend backend = Create(name);
        var table = new Parameter("table", NewTable(backend)) { HasSlicedGradient = true };
        var optimizer = new AdamWeightDecayOptimizer(backend, [table]);
        Tensor value = NewTable(backend), m = Zeros(backend), v = Zeros(backend);
        for (int step = 0; step < Steps.Length; step++)
        {
            var unused = new Parameter("table", value) { HasSlicedGradient = true };
            Discard(backend, Steps[(step * 5) % Steps.Length], table);
            GoBack(backend, Steps[step], table);
            GoBack(backend, Steps[step], unused);
            AssertSameGradient(backend, unused, table, $"step {step}");

            optimizer.Update(1e-2, gradientScale: 0.5);
            backend.AdamWeightDecay(unused.Gradient!, new AdamStep(1e-2, 0.9, 0.999, 1e-6, 0.01, 0.5, step + 1), value, m, v);
            Assert.Equal(Read(backend, value), Read(backend, table.Value));
        }
    }

    [Fact]
    public void SetAfterGather_OfOtherRows_ListsThemInOrder()
    {
        var rows = new GradientRows(new Shape(130, 3));
        Assert.Null(rows.NonZero);
        rows.SetAfterGather(before: null, new IndexTensor([129, 5, 64, 5, 63]), accumulate: false);
        Assert.Equal([5, 63, 64, 129], rows.NonZero!.Values);
        rows.SetAfterGather(rows.NonZero, new IndexTensor([0, 64]), accumulate: true);
        Assert.Equal([0, 5, 63, 64, 129], rows.NonZero!.Values);
        rows.SetAfterGather(rows.NonZero, new IndexTensor([1]), accumulate: false);
        Assert.Equal([1], rows.NonZero!.Values);
        rows.SetAny();
        rows.SetAfterGather(before: null, new IndexTensor([1]), accumulate: true);
        Assert.Null(rows.NonZero);
    }

    [Fact]
    public void SetAfterGather_AfterTheFirst_AllocatesNoMoreThanAnObject()
    {
        const int Calls = 100;
        var rows = new GradientRows(Table);
        rows.SetAfterGather(before: null, First, accumulate: false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            rows.SetAfterGather(rows.NonZero, i % 2 == 0 ? Second : First, accumulate: i % 3 == 0);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Calls * 64);
    }

    private static Variable LookUpTwice(Tape tape, Parameter table) => tape.Add(tape.Gather(table, First), tape.Gather(table, Third));

    /// <summary>Its way back writes the dense gradient first.</summary>
    private static Variable TiedDecoder(Tape tape, Parameter table) => tape.Linear(tape.Gather(table, Second), table, bias: null);

    private static Variable Dense(Tape tape, Parameter table) => tape.Linear(Normal(tape, new Shape(Rows, Hidden)), table, bias: null);

    /// <summary>Its way back writes the dense gradient last.</summary>
    private static Variable LookUpThenDense(Tape tape, Parameter table)
    {
        Variable dense = Dense(tape, table);
        return tape.Add(dense, tape.Linear(tape.Gather(table, Third), Normal(tape, Table), bias: null));
    }

    private static Variable InParts(Tape tape, Parameter table)
    {
        Variable x = tape.Gather(table, First);
        return tape.Recompute(tape.Recompute(x, (t, v) => t.Add(v, t.Gather(table, Second))), (t, v) => t.Add(v, t.Gather(table, First)));
    }

    private static Variable TableIntoPart(Tape tape, Parameter table) => tape.Recompute(table, (t, v) => t.Gather(v, Second));

    /// <summary>Computes gradients that nobody uses.</summary>
    private static void Discard(IBackend backend, Func<Tape, Parameter, Variable>[] passes, Parameter table)
    {
        GoBack(backend, passes, table);
        table.ClearGradient();
    }

    private static void GoBack(IBackend backend, Func<Tape, Parameter, Variable>[] passes, Parameter table)
    {
        foreach (Func<Tape, Parameter, Variable> pass in passes)
        {
            var tape = new Tape(backend) { TracksSlicedNorms = true };
            Variable y = pass(tape, table);
            tape.Backward(y, Normal(tape, y.Shape).Value);
            tape.Reset();
        }
    }

    private static void AssertSameGradient(IBackend backend, Parameter expected, Parameter actual, string step)
    {
        double[] gradient = Read(backend, expected.Gradient!);
        double norm = Math.Sqrt(gradient.Sum(g => g * g)), tensorFlow = Math.Sqrt(expected.SlicedSquares ?? (norm * norm));
        Assert.True(norm > 1 && gradient.AsSpan().SequenceEqual(Read(backend, actual.Gradient!)), $"{step}: gradients differ");
        Assert.Equal(norm, GradientNorm.True(backend, [actual]), norm * 1e-12);
        Assert.Equal(tensorFlow, GradientNorm.TensorFlow(backend, [actual]), tensorFlow * 1e-12);
    }

    private static IBackend Create(string name) => name == "reference"
        ? new ReferenceBackend()
        : new CpuBackend(2, Enum.Parse<SimdLevel>(name)) { PoisonsMemory = true };

    private static Tensor NewTable(IBackend backend)
    {
        Tensor value = backend.Allocate(Table, Lifetime.Persistent);
        backend.CopyFromHost(new RandomNumbers(5, 0).Normals(Table.Length), value);
        return value;
    }

    private static Tensor Zeros(IBackend backend)
    {
        Tensor zeros = backend.Allocate(Table, Lifetime.Persistent);
        backend.Fill(0, zeros);
        return zeros;
    }

    private static Variable Normal(Tape tape, Shape shape) => tape.Constant(new RandomNumbers(6, 0).Normals(shape.Length), shape);

    private static double[] Read(IBackend backend, Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }
}
