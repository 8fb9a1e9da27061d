// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>A LayerNorm with its scale and shift, called weight and bias in Hugging Face's files, gamma and beta in Google's.</summary>
/// <param name="source">Where "weight" and "bias" come from.</param>
/// <param name="hiddenSize">Columns.</param>
/// <param name="epsilon">Added to the variance.</param>
public sealed class LayerNorm(ParameterSource source, int hiddenSize, double epsilon)
{
    private readonly Parameter _gamma = source.Ones("weight", new Shape(hiddenSize));
    private readonly Parameter _beta = source.Zeros("bias", new Shape(hiddenSize));

    /// <summary>[R, H] → [R, H].</summary>
    public Variable Forward(Tape tape, Variable x) => tape.LayerNorm(x, _gamma, _beta, epsilon);

    /// <summary>Of dropout(x) + residual: [Q, H], [Q, H] → [Q, H].</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">What is dropped with <paramref name="dropout"/>.</param>
    /// <param name="residual">What the block began with.</param>
    /// <param name="dropout">Probability.</param>
    /// <param name="rows">Which rows of the batch these are, for dropout; null for all.</param>
    public Variable OfResidual(Tape tape, Variable x, Variable residual, double dropout, IndexTensor? rows) =>
        tape.ResidualLayerNorm(x, residual, dropout, _gamma, _beta, epsilon, rows);
}
