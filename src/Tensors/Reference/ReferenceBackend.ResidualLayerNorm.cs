// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void ResidualLayerNorm(
        Tensor x, Tensor residual, DropoutMask? dropout, Tensor gamma, Tensor beta, double epsilon, Tensor sum, Tensor y, Tensor mean,
        Tensor rstd)
    {
        Values(residual).CopyTo(Values(sum));
        PassOn(x, dropout, new GradientTarget(sum, Accumulate: true));
        LayerNorm(sum, gamma, beta, epsilon, y, mean, rstd);
    }

    /// <inheritdoc/>
    public void ResidualLayerNormBackward(
        Tensor sum, DropoutMask? dropout, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dResidual,
        GradientTarget? dGamma, GradientTarget? dBeta)
    {
        Tensor dSum = Allocate(sum.Shape, Lifetime.Step);
        LayerNormBackward(sum, gamma, mean, rstd, dY, new GradientTarget(dSum, Accumulate: false), dGamma: null, dBeta: null);
        if (dX is { } toX)
        {
            PassOn(dSum, dropout, toX);
        }

        if (dResidual is { } toResidual)
        {
            Copy(dSum, toResidual);
        }

        LayerNormBackward(sum, gamma, mean, rstd, dY, dX: null, dGamma, dBeta);
        Release(dSum);
    }

    private void PassOn(Tensor x, DropoutMask? dropout, GradientTarget y)
    {
        if (dropout is { } mask)
        {
            Dropout(x, mask, y);
        }
        else
        {
            Copy(x, y);
        }
    }
}
