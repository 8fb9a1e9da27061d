// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>Finds masked tokens: dense, activation, LayerNorm, then the product with the word table.</summary>
/// <remarks>google-research/bert run_pretraining.py, get_masked_lm_output. The decoder is the word table itself.</remarks>
public sealed class MaskedLmHead
{
    private readonly Linear _dense;
    private readonly LayerNorm _layerNorm;
    private readonly Parameter _bias, _wordEmbeddings;
    private readonly HiddenActivation _activation;

    /// <summary>Reads or initialises the head.</summary>
    /// <param name="source">At <c>cls.predictions</c>.</param>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="wordEmbeddings">[V, H].</param>
    /// <exception cref="UntiedWeightException">The checkpoint has a decoder that is not the word table.</exception>
    public MaskedLmHead(ParameterSource source, BertConfig config, Parameter wordEmbeddings)
    {
        source.RequireTied("decoder.weight", wordEmbeddings);
        (_wordEmbeddings, _activation) = (wordEmbeddings, config.HiddenAct);
        _dense = new Linear(source.At("transform.dense"), config.HiddenSize, config.HiddenSize);
        _layerNorm = new LayerNorm(source.At("transform.LayerNorm"), config.HiddenSize, config.LayerNormEps);
        _bias = source.Zeros("bias", new Shape(config.VocabSize));
    }

    /// <summary>Scores of all tokens for the chosen rows: [Q, H] → [P, V].</summary>
    public Variable Logits(Tape tape, Variable sequenceOutput, IndexTensor rows)
    {
        Variable chosen = tape.Gather(sequenceOutput, rows);                                                          // [P, H]
        Variable mapped = _dense.Forward(tape, chosen);                                                               // [P, H]
        Variable active = tape.Activate(mapped, _activation);                                                         // [P, H]
        Variable transformed = _layerNorm.Forward(tape, active);                                                      // [P, H]
        Variable logits = tape.Linear(transformed, _wordEmbeddings, _bias);                                           // [P, V]
        tape.Forget(chosen, mapped, active, transformed);
        return tape.Observe("cls.predictions", logits);
    }
}
