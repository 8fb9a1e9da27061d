// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>AdamW with bias correction, as torch.optim.AdamW: ε 1e-8, decay before the step.</summary>
/// <remarks>Loshchilov, Hutter 2019 (arXiv:1711.05101).</remarks>
/// <param name="backend">Where the parameters are.</param>
/// <param name="parameters">What is trained.</param>
public sealed class AdamWOptimizer(IBackend backend, IEnumerable<Parameter> parameters) : Optimizer(backend, parameters)
{
    /// <inheritdoc/>
    public override ClippingRule Clipping => ClippingRule.Torch;

    /// <inheritdoc/>
    protected override void Apply(Tensor gradient, double learningRate, double gradientScale, Parameter parameter, Tensor m, Tensor v) =>
        Backend.AdamW(
            gradient,
            new AdamStep(learningRate, 0.9, 0.999, 1e-8, parameter.Decays ? WeightDecay : 0, gradientScale, Updates),
            parameter.Value, m, v);
}
