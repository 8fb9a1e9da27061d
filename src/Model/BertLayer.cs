// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>One layer of the encoder: self-attention, then the feed-forward block, each with residual and LayerNorm after it.</summary>
/// <remarks>Vaswani et al. 2017, figure 1, left; google-research/bert modeling.py, transformer_model.</remarks>
public sealed class BertLayer
{
    private readonly BertSelfAttention _selfAttention;
    private readonly BertOutput _attentionOutput, _output;
    private readonly Linear _intermediate;
    private readonly HiddenActivation _activation;
    private readonly string _path, _attentionPath, _intermediatePath;

    /// <summary>Reads or initialises the layer.</summary>
    public BertLayer(ParameterSource source, BertConfig config)
    {
        (_path, _activation) = (source.Path, config.HiddenAct);
        (_attentionPath, _intermediatePath) = ($"{_path}.attention.output", $"{_path}.intermediate");
        _selfAttention = new BertSelfAttention(source.At("attention.self"), config);
        _attentionOutput = new BertOutput(source.At("attention.output"), config, config.HiddenSize);
        _intermediate = new Linear(source.At("intermediate.dense"), config.HiddenSize, config.IntermediateSize);
        _output = new BertOutput(source.At("output"), config, config.IntermediateSize);
    }

    /// <summary>[R, H] → [Q, H]: the rows that ask, of the layout; all of them for all layers but the last.</summary>
    public Variable Forward(Tape tape, Variable hidden, SequenceLayout layout)
    {
        Variable asking = layout.QueryRows is { } rows ? tape.Gather(hidden, rows) : hidden.HandOn();                 // [Q, H]
        Variable context = _selfAttention.Forward(tape, asking, hidden, layout);                                      // [Q, H]
        Variable attention = _attentionOutput.Forward(tape, context, asking, layout.QueryRows);                       // [Q, H]
        tape.Observe(_attentionPath, attention);
        tape.Forget(context, asking);
        Variable sums = _intermediate.Forward(tape, attention);                                                       // [Q, F]
        Variable inner = tape.Observe(_intermediatePath, tape.Activate(sums, _activation));                           // [Q, F]
        tape.Forget(sums);
        Variable output = _output.Forward(tape, inner, attention, layout.QueryRows);                                  // [Q, H]
        tape.Forget(inner, attention);
        return tape.Observe(_path, output);
    }
}
