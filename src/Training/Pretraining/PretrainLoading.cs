// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Makes the model of a run, from a checkpoint or from scratch.</summary>
/// <param name="described">Which model.</param>
/// <param name="backend">Where it will be.</param>
/// <param name="options">Seed, tasks, and whether the model is trained.</param>
/// <param name="log">Told what a file lacks.</param>
internal sealed class PretrainLoading(RunModel described, IBackend backend, PretrainOptions options, ITrainingLog log)
{
    /// <summary>Loads the model. Heads that a checkpoint lacks begin with first values.</summary>
    /// <returns>The model, and how many updates made its weights where they come from an earlier run.</returns>
    public (BertForPreTraining Model, long GlobalStep) Load()
    {
        if (described.File is not { } file)
        {
            return (Create(Source(weights: null)), 0);
        }

        ParameterSource source = Source(new CheckpointWeights(file));
        BertForPreTraining model = Create(source);
        string[] initialised = Initialised(source, model);
        if (initialised.Length > 0)
        {
            log.Info($"Not in {file.Path}, newly initialised: {string.Join(", ", initialised)}");
        }

        if (initialised.Length > 0 && !options.DoTrain)
        {
            log.Warning($"{file.Path}: heads of pre-training are missing and random: results mean nothing before training");
        }

        return (model, described.Step);
    }

    /// <summary>The model of a run that goes on: all of it comes from the checkpoint.</summary>
    /// <exception cref="TensorFileException">The checkpoint lacks a parameter, or has one of another shape.</exception>
    public BertForPreTraining Load(SavedCheckpoint start)
    {
        using ITensorFile file = start.OpenWeights();
        ParameterSource source = Source(new CheckpointWeights(file));
        BertForPreTraining model = Create(source);
        return Initialised(source, model) is [{ } missing, ..]
            ? throw new TensorFileException(
                start.Location, $"{missing} is missing, so that training cannot go on from here; it may be no checkpoint of pre-training")
            : model;
    }

    private ParameterSource Source(IWeightSource? weights) => new(backend, weights, options.Seed, described.Config.InitializerRange);

    private BertForPreTraining Create(ParameterSource source) => new(source, described.Config, options.NextSentence);

    /// <summary>Parameters that take part and were not in the file.</summary>
    private static string[] Initialised(ParameterSource source, BertForPreTraining model) =>
        [.. source.Initialised.Intersect(model.Parameters.Select(p => p.Name))];
}
