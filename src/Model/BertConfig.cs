// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>Architecture of a BERT model. Property names map to the keys of config.json and bert_config.json.</summary>
/// <remarks>Defaults are BERT-base: Devlin et al. 2019 (arXiv:1810.04805), §3; dropout and initialiser from google-research/bert
/// modeling.py, BertConfig.</remarks>
public sealed record BertConfig
{
    // Far beyond any model: what is above it is a slip of the hand.
    private const int MostLayers = 10_000;

    /// <summary>Rows of the word table, V.</summary>
    public int VocabSize { get; init; } = 30522;

    /// <summary>Width of every row, H.</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Number of encoder layers, L.</summary>
    public int NumHiddenLayers { get; init; } = 12;

    /// <summary>Attention heads, N; divides <see cref="HiddenSize"/>.</summary>
    public int NumAttentionHeads { get; init; } = 12;

    /// <summary>Width of the feed-forward block, F.</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>The longest sequence there are positions for.</summary>
    public int MaxPositionEmbeddings { get; init; } = 512;

    /// <summary>Rows of the token type table. Google's code assumes 16 where the file does not say; all released files say 2.</summary>
    public int TypeVocabSize { get; init; } = 2;

    /// <summary>Activation of the feed-forward block.</summary>
    public HiddenActivation HiddenAct { get; init; } = HiddenActivation.GeluErf;

    /// <summary>Probability to drop after embeddings, attention output and feed-forward block.</summary>
    public double HiddenDropoutProb { get; init; } = 0.1;

    /// <summary>Probability to drop attention probabilities.</summary>
    public double AttentionProbsDropoutProb { get; init; } = 0.1;

    /// <summary>Probability to drop before the classification head; 0.1 in Google's run_classifier.</summary>
    public double ClassifierDropout { get; init; } = 0.1;

    /// <summary>Deviation of the truncated normal distribution that weights start from.</summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Added to the variance in LayerNorm.</summary>
    public double LayerNormEps { get; init; } = 1e-12;

    /// <summary>Names of the classes, by number, where the file has id2label; empty otherwise.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Width of one head, D.</summary>
    public int AttentionHeadSize => HiddenSize / NumAttentionHeads;

    /// <summary>The same model with one probability for all dropout.</summary>
    public BertConfig WithDropout(double probability) => this with
    {
        HiddenDropoutProb = probability,
        AttentionProbsDropoutProb = probability,
        ClassifierDropout = probability,
    };

    /// <summary>The same model with a form of GELU that is not the config's.</summary>
    public BertConfig WithGelu(GeluForm form) => this with
    {
        HiddenAct = form == GeluForm.Erf ? HiddenActivation.GeluErf : HiddenActivation.GeluTanh,
    };

    /// <summary>Checks what the reading of a file cannot.</summary>
    /// <param name="source">Named in messages.</param>
    /// <exception cref="ConfigException">A size is out of range or does not fit another.</exception>
    public BertConfig Validated(string source)
    {
        Positive(VocabSize, "vocab_size", source);
        Positive(HiddenSize, "hidden_size", source);
        Positive(NumHiddenLayers, "num_hidden_layers", source);
        if (NumHiddenLayers > MostLayers)
        {
            throw new ConfigException($"{source}: num_hidden_layers must be at most {MostLayers}, but is {NumHiddenLayers}");
        }

        Positive(NumAttentionHeads, "num_attention_heads", source);
        Positive(IntermediateSize, "intermediate_size", source);
        Positive(MaxPositionEmbeddings, "max_position_embeddings", source);
        Positive(TypeVocabSize, "type_vocab_size", source);
        Probability(HiddenDropoutProb, "hidden_dropout_prob", source);
        Probability(AttentionProbsDropoutProb, "attention_probs_dropout_prob", source);
        Probability(ClassifierDropout, "classifier_dropout", source);
        if (!(LayerNormEps > 0 && double.IsFinite(LayerNormEps)))
        {
            throw new ConfigException($"{source}: layer_norm_eps must be a number above 0, but is {LayerNormEps}");
        }

        if (!(InitializerRange >= 0 && double.IsFinite(InitializerRange)))
        {
            throw new ConfigException($"{source}: initializer_range must be a number of at least 0, but is {InitializerRange}");
        }

        Fits(VocabSize, HiddenSize, "vocab_size · hidden_size", source);
        Fits(HiddenSize, HiddenSize, "hidden_size · hidden_size", source);
        Fits(IntermediateSize, HiddenSize, "intermediate_size · hidden_size", source);
        Fits(MaxPositionEmbeddings, HiddenSize, "max_position_embeddings · hidden_size", source);
        Fits(TypeVocabSize, HiddenSize, "type_vocab_size · hidden_size", source);
        return HiddenSize % NumAttentionHeads == 0
            ? this
            : throw new ConfigException(
                $"{source}: hidden_size {HiddenSize} is not a multiple of num_attention_heads {NumAttentionHeads}");
    }

    private static void Positive(int value, string key, string source)
    {
        if (value < 1)
        {
            throw new ConfigException($"{source}: {key} must be at least 1, but is {value}");
        }
    }

    private static void Fits(int rows, int columns, string what, string source)
    {
        if ((long)rows * columns > int.MaxValue)
        {
            throw new ConfigException(
                $"{source}: {what} is {(long)rows * columns}, more than the {int.MaxValue} elements an array can have");
        }
    }

    private static void Probability(double value, string key, string source)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ConfigException($"{source}: {key} must be in [0, 1), but is {value}");
        }
    }
}
