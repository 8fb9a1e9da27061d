// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;

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

    /// <summary>x [R, inputs], residual [R, H] → [R, H].</summary>
    public Variable Forward(Tape tape, Variable x, Variable residual)
    {
        Variable projected = _dense.Forward(tape, x);                                    // [R, H]
        Variable dropped = tape.Dropout(projected, _dropout);                            // [R, H]
        tape.Forget(projected);
        Variable sum = tape.Add(dropped, residual);                                      // [R, H]
        tape.Forget(dropped);
        Variable normed = _layerNorm.Forward(tape, sum);                                 // [R, H]
        tape.Forget(sum);
        return normed;
    }
}
