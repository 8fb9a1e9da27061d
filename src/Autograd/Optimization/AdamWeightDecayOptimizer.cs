// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Google's optimizer of BERT: Adam without bias correction, with decoupled weight decay.</summary>
/// <remarks>google-research/bert optimization.py: β₁ 0.9, β₂ 0.999, ε 1e-6 outside of the root, decay 0.01.</remarks>
/// <param name="backend">Where the parameters are.</param>
/// <param name="parameters">What is trained.</param>
public sealed class AdamWeightDecayOptimizer(IBackend backend, IEnumerable<Parameter> parameters) : Optimizer(backend, parameters)
{
    /// <inheritdoc/>
    public override ClippingRule Clipping => ClippingRule.Google;

    /// <inheritdoc/>
    protected override void Apply(Tensor gradient, double learningRate, double gradientScale, Parameter parameter, Tensor m, Tensor v) =>
        Backend.AdamWeightDecay(
            gradient,
            new AdamStep(learningRate, 0.9, 0.999, 1e-6, parameter.Decays ? WeightDecay : 0, gradientScale, Updates),
            parameter.Value, m, v);
}
