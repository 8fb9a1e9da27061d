// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Dropout(Tensor x, in DropoutMask mask, GradientTarget y)
    {
        Span<double> from = Values(x), to = Gradient(y);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += mask.Keeps(i) ? from[i] * mask.Scale : 0;
        }
    }
}
