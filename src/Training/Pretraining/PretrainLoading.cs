// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Makes the model of a run, from a checkpoint or from scratch.</summary>
internal static class PretrainLoading
{
    /// <summary>Loads the model. Heads that a checkpoint lacks begin with first values.</summary>
    /// <returns>The model, and how many updates made its weights where they come from an earlier run.</returns>
    public static (BertForPreTraining Model, long GlobalStep) Load(
        PretrainSetup setup, IBackend backend, PretrainOptions options, ITrainingLog log)
    {
        double range = setup.Config.InitializerRange;
        if (setup.Weights is null)
        {
            var fresh = new ParameterSource(backend, weights: null, options.Seed, range);
            return (new BertForPreTraining(fresh, setup.Config, options.NextSentence), 0);
        }

        using ITensorFile file = setup.Weights.OpenWeights();
        var source = new ParameterSource(backend, new CheckpointWeights(file), options.Seed, range);
        var model = new BertForPreTraining(source, setup.Config, options.NextSentence);
        string[] initialised = [.. source.Initialised.Intersect(model.Parameters.Select(p => p.Name))];
        if (initialised.Length > 0)
        {
            log.Info($"Not in {file.Path}, newly initialised: {string.Join(", ", initialised)}");
        }

        if (initialised.Length > 0 && !options.DoTrain)
        {
            log.Warning($"{file.Path}: heads of pre-training are missing and random: results mean nothing before training");
        }

        return (model, setup.FromOutputFolder ? GlobalStep.Of(file) ?? 0 : 0);
    }

    /// <summary>The model of a run that goes on: all of it comes from the checkpoint.</summary>
    /// <exception cref="TensorFileException">The checkpoint lacks a parameter, or has one of another shape.</exception>
    public static BertForPreTraining Load(SavedCheckpoint start, PretrainSetup setup, IBackend backend, PretrainOptions options)
    {
        using ITensorFile file = start.OpenWeights();
        var source = new ParameterSource(backend, new CheckpointWeights(file), options.Seed, setup.Config.InitializerRange);
        var model = new BertForPreTraining(source, setup.Config, options.NextSentence);
        return source.Initialised.Intersect(model.Parameters.Select(p => p.Name)).FirstOrDefault() is { } missing
            ? throw new TensorFileException(
                start.Location, $"{missing} is missing, so that training cannot go on from here; it may be no checkpoint of pre-training")
            : model;
    }
}
