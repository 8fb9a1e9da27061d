// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Dropout(Tensor x, in DropoutMask mask, GradientTarget y)
    {
        Span<double> from = Values(x), to = Gradient(y);
        int columns = x.Shape.Columns;
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += mask.Keeps(mask.FirstOf(i / columns, columns) + (i % columns)) ? from[i] * mask.Scale : 0;
        }
    }
}
