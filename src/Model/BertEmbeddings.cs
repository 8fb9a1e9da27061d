// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>Word, token type and position embeddings, added in this order, then LayerNorm and dropout.</summary>
/// <remarks>Devlin et al. 2019, figure 2; google-research/bert modeling.py, embedding_postprocessor.</remarks>
public sealed class BertEmbeddings
{
    private readonly Parameter _types, _positions;
    private readonly LayerNorm _layerNorm;
    private readonly double _dropout;
    private readonly string _path;

    /// <summary>Reads or initialises the three tables.</summary>
    public BertEmbeddings(ParameterSource source, BertConfig config)
    {
        (_path, _dropout) = (source.Path, config.HiddenDropoutProb);
        WordEmbeddings = source.Weight("word_embeddings.weight", new Shape(config.VocabSize, config.HiddenSize), hasSlicedGradient: true);
        _positions = source.Weight("position_embeddings.weight", new Shape(config.MaxPositionEmbeddings, config.HiddenSize));
        _types = source.Weight("token_type_embeddings.weight", new Shape(config.TypeVocabSize, config.HiddenSize));
        _layerNorm = new LayerNorm(source.At("LayerNorm"), config.HiddenSize, config.LayerNormEps);
    }

    /// <summary>The word table, [V, H]; the masked-LM head uses it too.</summary>
    public Parameter WordEmbeddings { get; }

    /// <summary>Rows of a batch: [R] ids → [R, H].</summary>
    public Variable Forward(Tape tape, PackedBatch batch)
    {
        Variable words = tape.Gather(WordEmbeddings, batch.InputIds);                    // [R, H]
        Variable types = tape.Gather(_types, batch.TokenTypeIds);                        // [R, H]
        Variable positions = tape.Gather(_positions, batch.PositionIds);                 // [R, H]
        Variable both = tape.Add(words, types);                                          // [R, H]
        Variable sum = tape.Add(both, positions);                                        // [R, H]
        Variable normed = _layerNorm.Forward(tape, sum);                                 // [R, H]
        Variable dropped = tape.Dropout(normed, _dropout);                               // [R, H]
        tape.Forget(words, types, positions, both, sum, normed);
        return tape.Observe(_path, dropped);
    }
}
