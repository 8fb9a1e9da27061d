// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Fill(double value, Tensor y) => Values(y).Fill(value);

    /// <inheritdoc/>
    public void Copy(Tensor x, GradientTarget y)
    {
        Span<double> from = Values(x), to = Gradient(y);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }

    /// <inheritdoc/>
    public void Add(Tensor a, Tensor b, Tensor y)
    {
        Span<double> left = Values(a), right = Values(b), sum = Values(y);
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = left[i] + right[i];
        }
    }
}
