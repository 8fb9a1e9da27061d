// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void ArgMax(Tensor x, Span<int> columns)
    {
        Require.OneForEachRow(x, columns.Length, nameof(ArgMax), nameof(columns));
        Span<double> values = Values(x);
        int width = x.Shape.Columns;
        for (int r = 0; r < columns.Length; r++)
        {
            (double largest, columns[r]) = (double.NaN, 0);
            for (int c = 0; c < width; c++)
            {
                double value = values[(r * width) + c];
                if (value > largest || (double.IsNaN(largest) && !double.IsNaN(value)))
                {
                    (largest, columns[r]) = (value, c);
                }
            }
        }
    }
}
