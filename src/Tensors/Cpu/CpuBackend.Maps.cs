// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

// What the element-wise kernels and those over rows share: how work is cut.
public sealed unsafe partial class CpuBackend
{
    private void RunKernel<TKernel>(int count, int chunk, in TKernel kernel)
        where TKernel : struct, IRangeKernel => _pool.RunRanges(count, chunk, new AtLevel<TKernel>(Level, kernel));

    private void RunMap<TFunction>(in TFunction function, Tensor x, Tensor y)
        where TFunction : struct, IMap =>
        RunKernel(x.Length, ElementChunk, new Map<TFunction>(function, Pointer(x), Pointer(y)));

    private void RunMap<TFunction>(in TFunction function, Tensor x, Tensor dY, GradientTarget dX)
        where TFunction : struct, IPairMap =>
        RunKernel(
            x.Length, ElementChunk,
            new GradientMap<TFunction>(function, Pointer(x), Pointer(dY), Pointer(dX.Tensor), dX.Accumulate));

    // Rows of a piece, so that it has about ElementChunk floats.
    private static int RowChunk(int columns) => Math.Max(1, ElementChunk / Math.Max(1, columns));
}
