// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Makes the model of a run, from a checkpoint or from scratch.</summary>
internal static class ClassifierLoading
{
    /// <summary>Loads the model. A head of another size than the task's is left out when training gives it a new one.</summary>
    /// <returns>The model, and how many updates made its weights where they come from an earlier run.</returns>
    public static (BertForSequenceClassification Model, long GlobalStep) Load(
        ClassifySetup setup, IBackend backend, ClassifyOptions options, ITrainingLog log)
    {
        int outputs = setup.Task.OutputCount;
        if (setup.Weights is null)
        {
            var fresh = new ParameterSource(backend, weights: null, options.Seed, setup.Config.InitializerRange);
            return (new BertForSequenceClassification(fresh, setup.Config, outputs), 0);
        }

        using ITensorFile file = setup.Weights.OpenWeights();
        var weights = new CheckpointWeights(file);
        bool newHead = ClassificationHead.Outputs(weights) is { } stored && stored != outputs;
        if (newHead && !options.DoTrain)
        {
            throw new OptionsException(
                $"{file.Path}: its classification head has {ClassificationHead.Outputs(weights)} outputs, "
                + $"but {setup.Task.Name} has {outputs}; train it on this task, or name a model of this task");
        }

        if (newHead)
        {
            log.Warning(
                $"{file.Path}: its classification head has {ClassificationHead.Outputs(weights)} outputs, the task has {outputs}: "
                + "starting with a new head");
        }

        var source =
            new ParameterSource(backend, newHead ? new WithoutHead(weights) : weights, options.Seed, setup.Config.InitializerRange);
        var model = new BertForSequenceClassification(source, setup.Config, outputs);
        if (!options.DoTrain && !ClassificationHead.IsWhole(weights))
        {
            log.Warning($"{file.Path}: it has no classification head, so that the head is random: results mean nothing before training");
        }

        if (source.Initialised.Count > 0)
        {
            log.Info($"Not in {file.Path}, newly initialised: {string.Join(", ", source.Initialised)}");
        }

        return (model, setup.FromOutputFolder ? GlobalStep.Of(file) ?? 0 : 0);
    }

    /// <summary>The model of a run that goes on: all of it comes from the checkpoint.</summary>
    /// <exception cref="TensorFileException">The checkpoint lacks a parameter, or has one of another shape.</exception>
    public static BertForSequenceClassification Load(
        SavedCheckpoint start, ClassifySetup setup, IBackend backend, ClassifyOptions options)
    {
        using ITensorFile file = start.OpenWeights();
        var source = new ParameterSource(backend, new CheckpointWeights(file), options.Seed, setup.Config.InitializerRange);
        var model = new BertForSequenceClassification(source, setup.Config, setup.Task.OutputCount);
        return source.Initialised is [{ } missing, ..]
            ? throw new TensorFileException(
                start.Location,
                $"{missing} is missing, so that training cannot go on from here; it may be no checkpoint of {setup.Task.Name}")
            : model;
    }

    /// <summary>A checkpoint as if it had no classification head.</summary>
    private sealed class WithoutHead(CheckpointWeights weights) : IWeightSource
    {
        public string Name => weights.Name;

        public bool Contains(string name) => !ClassificationHead.Owns(name) && weights.Contains(name);

        public void Read(StoredName stored, IBackend backend, Tensor destination) => weights.Read(stored, backend, destination);
    }
}
