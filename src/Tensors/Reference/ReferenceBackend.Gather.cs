// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Gather(Tensor table, IndexTensor ids, Tensor y)
    {
        int hidden = table.Shape.Columns;
        Span<double> rows = Values(table), output = Values(y);
        for (int r = 0; r < ids.Length; r++)
        {
            for (int h = 0; h < hidden; h++)
            {
                output[(r * hidden) + h] = rows[(ids.Values[r] * hidden) + h];
            }
        }
    }

    /// <inheritdoc/>
    public void GatherBackward(IndexTensor ids, Tensor dY, GradientTarget dTable)
    {
        int hidden = dY.Shape.Columns;
        Span<double> dOutput = Values(dY), dRows = Gradient(dTable);
        for (int r = 0; r < ids.Length; r++)
        {
            for (int h = 0; h < hidden; h++)
            {
                dRows[(ids.Values[r] * hidden) + h] += dOutput[(r * hidden) + h];
            }
        }
    }
}
