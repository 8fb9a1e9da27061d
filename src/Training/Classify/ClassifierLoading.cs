// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Makes the model of a run, from a checkpoint or from scratch.</summary>
/// <param name="setup">Which model, for which task.</param>
/// <param name="backend">Where it will be.</param>
/// <param name="options">Seed, and whether the model is trained.</param>
/// <param name="log">Told what a file lacks.</param>
internal sealed class ClassifierLoading(ClassifySetup setup, IBackend backend, ClassifyOptions options, ITrainingLog log)
{
    /// <summary>Loads the model. A head of another size than the task's is left out when training gives it a new one.</summary>
    /// <returns>The model, and how many updates made its weights where they come from an earlier run.</returns>
    /// <exception cref="OptionsException">The head has another size, and nothing is trained.</exception>
    public (BertForSequenceClassification Model, long GlobalStep) Load()
    {
        if (setup.Model.File is not { } file)
        {
            return (Create(Source(weights: null)), 0);
        }

        var weights = new CheckpointWeights(file);
        ParameterSource source = Source(TakesHead(weights) ? weights : new WithoutHead(weights));
        BertForSequenceClassification model = Create(source);
        if (!options.DoTrain && !ClassificationHead.IsWhole(weights))
        {
            log.Warning($"{file.Path}: it has no classification head, so that the head is random: results mean nothing before training");
        }

        if (source.Initialised.Count > 0)
        {
            log.Info($"Not in {file.Path}, newly initialised: {string.Join(", ", source.Initialised)}");
        }

        return (model, setup.Model.Step);
    }

    /// <summary>The model of a run that goes on: all of it comes from the checkpoint.</summary>
    /// <exception cref="TensorFileException">The checkpoint lacks a parameter, or has one of another shape.</exception>
    public BertForSequenceClassification Load(SavedCheckpoint start)
    {
        using ITensorFile file = start.OpenWeights();
        ParameterSource source = Source(new CheckpointWeights(file));
        BertForSequenceClassification model = Create(source);
        return source.Initialised is [{ } missing, ..]
            ? throw new TensorFileException(
                start.Location,
                $"{missing} is missing, so that training cannot go on from here; it may be no checkpoint of {setup.Task.Name}")
            : model;
    }

    private ParameterSource Source(IWeightSource? weights) => new(backend, weights, options.Seed, setup.Config.InitializerRange);

    private BertForSequenceClassification Create(ParameterSource source) => new(source, setup.Config, setup.Task.OutputCount);

    /// <summary>Whether the head fits the task; what is not there fits.</summary>
    /// <exception cref="OptionsException">It does not, and nothing is trained.</exception>
    private bool TakesHead(CheckpointWeights weights)
    {
        int wanted = setup.Task.OutputCount;
        if (ClassificationHead.Outputs(weights) is not { } stored || stored == wanted)
        {
            return true;
        }

        string found = $"{weights.Name}: its classification head has {stored} outputs";
        if (!options.DoTrain)
        {
            throw new OptionsException(
                $"{found}, but {setup.Task.Name} has {wanted}; train it on this task, or name a model of this task");
        }

        log.Warning($"{found}, the task has {wanted}: starting with a new head");
        return false;
    }

    /// <summary>A checkpoint as if it had no classification head.</summary>
    private sealed class WithoutHead(CheckpointWeights weights) : IWeightSource
    {
        public string Name => weights.Name;

        public bool Contains(string name) => !ClassificationHead.Owns(name) && weights.Contains(name);

        public void Read(StoredName stored, IBackend backend, Tensor destination) => weights.Read(stored, backend, destination);
    }
}
