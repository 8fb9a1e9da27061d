// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void Linear(Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        Multiply(new Product
        {
            A = MatrixView.RowMajor(Pointer(x), inputs),
            B = MatrixView.RowMajor(Pointer(weight), inputs).Transposed,
            C = Pointer(y),
            CStride = outputs,
            Rows = x.Shape.Rows,
            Columns = outputs,
            Depth = inputs,
            Bias = bias is null ? null : Pointer(bias),
        });
    }

    /// <inheritdoc/>
    public void LinearBackward(
        Tensor x, Tensor weight, Tensor dY, GradientTarget? dX, GradientTarget? dWeight, GradientTarget? dBias)
    {
        int rows = x.Shape.Rows, outputs = weight.Shape[0], inputs = weight.Shape[1];
        MatrixView gradient = MatrixView.RowMajor(Pointer(dY), outputs);
        Product? toX = dX is { } input
            ? Into(input, gradient, MatrixView.RowMajor(Pointer(weight), inputs), rows, inputs, outputs)
            : null;
        Product? toWeight = dWeight is { } weights
            ? Into(weights, gradient.Transposed, MatrixView.RowMajor(Pointer(x), inputs), outputs, inputs, rows)
            : null;
        MultiplyBoth(toX, toWeight);
        if (dBias is { } toBias)
        {
            _pool.RunRanges(
                outputs, ColumnSums.Chunk, new ColumnSums(gradient.Data, rows, outputs, Pointer(toBias.Tensor), toBias.Accumulate));
        }
    }

    private static Product Into(GradientTarget target, MatrixView a, MatrixView b, int rows, int columns, int depth) => new()
    {
        A = a,
        B = b,
        C = Pointer(target.Tensor),
        CStride = columns,
        Rows = rows,
        Columns = columns,
        Depth = depth,
        Add = target.Accumulate,
    };

    private void MultiplyBoth(in Product? first, in Product? second)
    {
        // Not where both go to one place, as in a map by itself: the second adds to what the first has left there.
        if (first is { IsEmpty: false } a && second is { IsEmpty: false } b && a.C != b.C)
        {
            Simd.Run(Level, new ProductPairAction(_pool, _operand, a, b));
            return;
        }

        if (first is { } alone)
        {
            Multiply(alone);
        }

        if (second is { } other)
        {
            Multiply(other);
        }
    }

    private void Multiply(in Product product)
    {
        if (product.Depth == 0)
        {
            // The empty sum: no row has a gradient to give.
            new Span<float>(product.C, product.Add ? 0 : checked(product.Rows * product.Columns)).Clear();
        }
        else if (!product.IsEmpty)
        {
            Simd.Run(Level, new ProductAction(_pool, _operand, product));
        }
    }
}
