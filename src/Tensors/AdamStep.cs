// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The numbers of one optimizer update, the same for all parameters but for the decay.</summary>
/// <param name="LearningRate">Rate of this update.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Added to the square root of the second moment.</param>
/// <param name="WeightDecay">Decay rate of this parameter; 0 for biases and LayerNorm.</param>
/// <param name="GradientScale">What the gradient is multiplied by first: the factor of clipping.</param>
/// <param name="Number">Which update this is, from 1; read by the form with bias correction.</param>
public readonly record struct AdamStep(
    double LearningRate,
    double Beta1,
    double Beta2,
    double Epsilon,
    double WeightDecay,
    double GradientScale,
    long Number);
