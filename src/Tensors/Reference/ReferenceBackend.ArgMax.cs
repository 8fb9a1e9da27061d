// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void ArgMax(Tensor x, Span<int> columns)
    {
        Span<double> values = Values(x);
        int width = x.Shape.Columns;
        for (int r = 0; r < columns.Length; r++)
        {
            (double largest, columns[r]) = (double.NegativeInfinity, 0);
            for (int c = 0; c < width; c++)
            {
                if (values[(r * width) + c] > largest)
                {
                    (largest, columns[r]) = (values[(r * width) + c], c);
                }
            }
        }
    }
}
