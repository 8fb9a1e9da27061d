// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>How a block of an encoder layer ends: LayerNorm(dropout(dense(x)) + what the block began with).</summary>
public sealed class BertOutput
{
    private readonly Linear _dense;
    private readonly LayerNorm _layerNorm;
    private readonly double _dropout;

    /// <summary>Reads or initialises "dense" and "LayerNorm".</summary>
    public BertOutput(ParameterSource source, BertConfig config, int inputs)
    {
        _dropout = config.HiddenDropoutProb;
        _dense = new Linear(source.At("dense"), inputs, config.HiddenSize);
        _layerNorm = new LayerNorm(source.At("LayerNorm"), config.HiddenSize, config.LayerNormEps);
    }

    /// <summary>x [Q, inputs], residual [Q, H] → [Q, H].</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">What goes through the map.</param>
    /// <param name="residual">What the block began with.</param>
    /// <param name="rows">Which rows of the batch these are, for dropout; null for all.</param>
    public Variable Forward(Tape tape, Variable x, Variable residual, IndexTensor? rows)
    {
        Variable projected = _dense.Forward(tape, x);                                    // [Q, H]
        Variable normed = _layerNorm.OfResidual(tape, projected, residual, _dropout, rows);   // [Q, H]
        tape.Forget(projected);
        return normed;
    }
}
