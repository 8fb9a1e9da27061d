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
    public void GatherBackward(IndexTensor ids, Tensor dY, IndexTensor? stale, GradientTarget dTable)
    {
        int hidden = dY.Shape.Columns;
        Span<double> dOutput = Values(dY), dRows = dTable.Accumulate || stale is null ? Gradient(dTable) : Values(dTable.Tensor);
        for (int i = 0; i < stale?.Length && !dTable.Accumulate; i++)
        {
            dRows.Slice(stale.Values[i] * hidden, hidden).Clear();
        }

        for (int r = 0; r < ids.Length; r++)
        {
            for (int h = 0; h < hidden; h++)
            {
                dRows[(ids.Values[r] * hidden) + h] += dOutput[(r * hidden) + h];
            }
        }
    }
}
