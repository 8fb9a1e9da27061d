// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void Dropout(Tensor x, in DropoutMask mask, GradientTarget y) =>
        RunKernel(x.Length, ElementChunk, new DropoutKernel(mask, x.Shape.Columns, Pointer(x), Pointer(y.Tensor), y.Accumulate));

    private readonly struct DropoutKernel(DropoutMask mask, int columns, float* x, float* y, bool add) : IRangeKernel
    {
        public void Run<V>(int start, int end)
            where V : unmanaged, ISimd<V> => DropoutRow.ApplyRows<V>(mask, columns, start, end, x, y, add);
    }
}
