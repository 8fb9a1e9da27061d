// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Runtime.CompilerServices;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>Passes every call on and adds up, kernel by kernel, how often it was called, how long it took and how much it did.</summary>
/// <remarks>A kernel with matrix products is given their operations, 2·m·n·k each. Every other is given the bytes it has to move at
/// least: 4 for each element that it reads and for each that it writes, an element that is added to counting as both, a double of the
/// host as two. What a cache holds back is not known here, so such a rate may be above that of the memory. The names of the kernels are
/// those of <see cref="IBackend"/>. Works for backends whose kernels are done when they return.</remarks>
/// <param name="inner">What computes.</param>
internal sealed partial class ProfilingBackend(IBackend inner) : IBackend
{
    private readonly Dictionary<string, KernelTotals> _kernels = [];

    public string Name => inner.Name;

    public int ElementBytes => inner.ElementBytes;

    public long StepBytes => inner.StepBytes;

    /// <summary>Kernels that were called since <see cref="Clear"/>.</summary>
    public IEnumerable<(string Name, KernelTotals Totals)> Kernels =>
        _kernels.Where(kernel => kernel.Value.Calls > 0).Select(kernel => (kernel.Key, kernel.Value));

    /// <summary>Begins to count anew.</summary>
    public void Clear()
    {
        foreach (KernelTotals totals in _kernels.Values)
        {
            totals.Clear();
        }
    }

    public void Dispose() => inner.Dispose();

    public Tensor Allocate(Shape shape, Lifetime lifetime)
    {
        using Call call = Moves(0);
        return inner.Allocate(shape, lifetime);
    }

    public void Release(Tensor stepTensor)
    {
        using Call call = Moves(0);
        inner.Release(stepTensor);
    }

    public void ResetStep()
    {
        using Call call = Moves(0);
        inner.ResetStep();
    }

    public void CopyFromHost(ReadOnlySpan<double> source, Tensor y)
    {
        using Call call = Moves(Sum(y, y, y));
        inner.CopyFromHost(source, y);
    }

    public void CopyFromHost(ReadOnlySpan<float> source, Tensor y)
    {
        using Call call = Moves(Sum(y, y));
        inner.CopyFromHost(source, y);
    }

    public void CopyToHost(Tensor x, Span<double> destination)
    {
        using Call call = Moves(Sum(x, x, x));
        inner.CopyToHost(x, destination);
    }

    public void CopyToHost(Tensor x, Span<float> destination)
    {
        using Call call = Moves(Sum(x, x));
        inner.CopyToHost(x, destination);
    }

    /// <summary>Elements of tensors that are read or written; one that is both stands there twice.</summary>
    private static long Sum(params ReadOnlySpan<Tensor> tensors)
    {
        long sum = 0;
        foreach (Tensor tensor in tensors)
        {
            sum += tensor.Length;
        }

        return sum;
    }

    private static long Rows(Tensor x, IndexTensor? rows) => rows is null ? x.Length : (long)rows.Length * x.Shape.Columns;

    private static long To(GradientTarget? target) => target is { } to ? (to.Accumulate ? 2L : 1L) * to.Tensor.Length : 0;

    private static int One(GradientTarget? target) => target is null ? 0 : 1;

    private static double LinearFlops(Tensor x, Tensor weight) => 2.0 * x.Shape.Rows * weight.Length;

    /// <summary>One of the products of attention, all sequences and heads.</summary>
    private static double AttentionFlops(SequenceLayout layout, Tensor query) => 2.0 * layout.ProbabilitiesPerHead * query.Shape.Columns;

    private Call Moves(long elements, [CallerMemberName] string kernel = "") => new(Totals(kernel), 0, 4.0 * elements);

    private Call Multiplies(double flops, [CallerMemberName] string kernel = "") => new(Totals(kernel), flops, 0);

    private KernelTotals Totals(string kernel)
    {
        if (!_kernels.TryGetValue(kernel, out KernelTotals? totals))
        {
            _kernels.Add(kernel, totals = new KernelTotals());
        }

        return totals;
    }

    /// <summary>From its making to the end of its block.</summary>
    private readonly ref struct Call(KernelTotals totals, double flops, double bytes)
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose() => totals.Add(Stopwatch.GetTimestamp() - _start, flops, bytes);
    }
}
