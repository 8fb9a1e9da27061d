// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>softmax(Q·Kᵀ/√D)·V within each sequence, for all heads.</summary>
/// <remarks>Vaswani et al. 2017, §3.2; google-research/bert modeling.py, attention_layer.</remarks>
public sealed class BertSelfAttention
{
    private readonly Linear _query, _key, _value;
    private readonly int _heads;
    private readonly double _dropout;
    private readonly string _path;

    /// <summary>Reads or initialises the three maps.</summary>
    public BertSelfAttention(ParameterSource source, BertConfig config)
    {
        (_path, _heads, _dropout) = (source.Path, config.NumAttentionHeads, config.AttentionProbsDropoutProb);
        _query = new Linear(source.At("query"), config.HiddenSize, config.HiddenSize);
        _key = new Linear(source.At("key"), config.HiddenSize, config.HiddenSize);
        _value = new Linear(source.At("value"), config.HiddenSize, config.HiddenSize);
    }

    /// <summary>The rows that ask look at all rows: asking [Q, H], hidden [R, H] → context [Q, H].</summary>
    public Variable Forward(Tape tape, Variable asking, Variable hidden, SequenceLayout layout)
    {
        Variable query = _query.Forward(tape, asking);                                   // [Q, H]
        Variable key = _key.Forward(tape, hidden);                                       // [R, H]
        Variable value = _value.Forward(tape, hidden);                                   // [R, H]
        Variable context = tape.Attention(query, key, value, layout, _heads, _dropout, _path);   // [Q, H]
        tape.Forget(query, key, value);
        return tape.Observe(_path, context);
    }
}
