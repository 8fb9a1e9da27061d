// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;

namespace BertManaged.Model;

/// <summary>tanh of a map of each sequence's first row, that of [CLS].</summary>
/// <remarks>google-research/bert modeling.py, scope "pooler"; always tanh, whatever the config's activation.</remarks>
public sealed class BertPooler(ParameterSource source, BertConfig config)
{
    private readonly Linear _dense = new(source.At("dense"), config.HiddenSize, config.HiddenSize);

    /// <summary>[B, H], the first rows → [B, H].</summary>
    public Variable Forward(Tape tape, Variable first)
    {
        Variable mapped = _dense.Forward(tape, first);                                   // [B, H]
        Variable pooled = tape.Tanh(mapped);                                             // [B, H]
        tape.Forget(mapped);
        return tape.Observe(source.Path, pooled);
    }
}
