// SPDX-License-Identifier: Apache-2.0
using System.Collections;
using System.Globalization;
using BertManaged.Model;

namespace BertManaged.Training;

/// <summary>What must be the same when a run goes on as when it began, or else it would end in other numbers: options by their names,
/// and facts about model and data.</summary>
public sealed class RunSettings : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _options = new(StringComparer.Ordinal);

    /// <summary>Adds what the user says by an option.</summary>
    /// <param name="name">In Google's spelling, without dashes: <c>train_batch_size</c>.</param>
    /// <param name="value">A number.</param>
    public void AddOption(string name, IFormattable value) => AddOption(name, value.ToString(null, CultureInfo.InvariantCulture));

    /// <inheritdoc cref="AddOption(string, IFormattable)"/>
    /// <param name="name">As above.</param>
    /// <param name="value">A word or text, as the user gives it.</param>
    public void AddOption(string name, string value)
    {
        _options.Add(name);
        _values.Add(name, value);
    }

    /// <summary>Adds how weights are updated, seed included.</summary>
    public void AddStepOptions(StepOptions options)
    {
        AddOption("seed", options.Seed);
        AddOption("learning_rate", options.LearningRate);
        AddOption("optimizer", options.Optimizer == OptimizerKind.AdamW ? "adamw" : "google");
        AddOption("schedule", options.Schedule == ScheduleKind.Linear ? "linear" : "google");
        AddOption("clip_norm", options.ClipNorm switch
        {
            ClipNorm.TensorFlow => "tensorflow",
            ClipNorm.None => "none",
            _ => "true",
        });
    }

    /// <summary>Adds something that follows from files.</summary>
    /// <param name="name">In snake case: <c>training_data</c>.</param>
    /// <param name="value">What it is, or a checksum of it.</param>
    public void AddFact(string name, string value) => _values.Add(name, value);

    /// <summary>Adds what the config says, as far as results depend on it.</summary>
    public void AddConfig(BertConfig config)
    {
        foreach ((string name, IFormattable value) in (ReadOnlySpan<(string, IFormattable)>)[
            ("vocab_size", config.VocabSize), ("hidden_size", config.HiddenSize), ("num_hidden_layers", config.NumHiddenLayers),
            ("num_attention_heads", config.NumAttentionHeads), ("intermediate_size", config.IntermediateSize),
            ("max_position_embeddings", config.MaxPositionEmbeddings), ("type_vocab_size", config.TypeVocabSize),
            ("hidden_act", config.HiddenAct), ("layer_norm_eps", config.LayerNormEps),
            ("hidden_dropout_prob", config.HiddenDropoutProb),
            ("attention_probs_dropout_prob", config.AttentionProbsDropoutProb), ("classifier_dropout", config.ClassifierDropout)])
        {
            AddFact(name, value.ToString(null, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The first thing that is not as it was; null if all is. What an earlier version did not write down is not
    /// compared.</summary>
    /// <param name="before">Of the run that shall go on.</param>
    /// <returns>Its name as a user knows it, the old value, the new one.</returns>
    public (string Name, string Before, string Now)? FirstDifference(RunSettings before)
    {
        foreach ((string name, string value) in _values)
        {
            if (before._values.TryGetValue(name, out string? old) && old != value)
            {
                return (_options.Contains(name) ? $"--{name}" : name, old, value);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
