// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>The model that a run begins with, or evaluates: where its weights are, and what describes it.</summary>
/// <param name="Weights">Files of the first weights; null to start from scratch.</param>
/// <param name="File">The weights, open: a run beside this one may delete them, when it has newer ones, before they are loaded.</param>
/// <param name="FromOutputFolder">Whether they are a model that an earlier run left there.</param>
/// <param name="Config">With the options' dropout and GELU.</param>
/// <param name="Vocabulary">Null where none is known.</param>
/// <param name="LowerCase">Whether text is lower-cased.</param>
internal sealed record RunModel(
    ModelFiles? Weights, ITensorFile? File, bool FromOutputFolder, BertConfig Config, Vocabulary? Vocabulary, bool LowerCase) : IDisposable
{
    /// <summary>Finds everything, in the order in which Google's programs look. The weights are opened and not read: whether they are
    /// there should be known before data are read.</summary>
    /// <param name="options">What the user named.</param>
    /// <param name="output">Where an earlier run may have left a model; looked at where nothing is trained.</param>
    /// <param name="needsVocabulary">Whether there must be one.</param>
    /// <param name="log">Told what the user may not expect.</param>
    /// <exception cref="OptionsException">Something is missing.</exception>
    /// <exception cref="TensorFileException">There are no weights where they should be, or they are broken.</exception>
    public static RunModel Find(RunOptions options, OutputFolder output, bool needsVocabulary, ITrainingLog log)
    {
        string? trained = options.DoTrain ? null : output.NewestModel();
        bool fromOutput = trained is not null;
        string? location = trained ?? options.InitCheckpoint ?? options.Model;
        ModelFiles? weights = location is null ? null : ModelFiles.Existing(location);
        ITensorFile? file = weights is null ? null : Open(weights, log);
        try
        {
            return Describe(options, weights, file, fromOutput, needsVocabulary, log);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private static RunModel Describe(
        RunOptions options, ModelFiles? weights, ITensorFile? file, bool fromOutput, bool needsVocabulary, ITrainingLog log)
    {
        bool describesItself = fromOutput && weights!.TryReadConfig() is not null
            && (!needsVocabulary || weights.TryReadVocabulary() is not null);
        ModelFiles? described = options.Model is { } model && !describesItself ? ModelFiles.Existing(model) : weights;

        BertConfig config = new SettledConfig(options.BertConfigFile, options.Dropout, options.Gelu).Read(described, weights, log);
        Vocabulary? vocabulary = options.VocabFile is { } named ? ModelFiles.ReadVocabulary(named) : described?.TryReadVocabulary();
        if (vocabulary is null && needsVocabulary)
        {
            throw ModelFiles.Missing("--vocab_file");
        }

        bool lowerCase = options.DoLowerCase ?? weights?.LowerCase() ?? described?.LowerCase() ?? true;
        return new RunModel(weights, file, fromOutput, config, vocabulary, lowerCase);
    }

    /// <summary>How many updates made the weights, where they come from an earlier run in the output folder.</summary>
    public long Step => FromOutputFolder && File is not null ? GlobalStep.Of(File) ?? 0 : 0;

    /// <summary>Says so where nothing is trained and the output folder has no model, as Google's programs do.</summary>
    public void SayWhichWeights(RunOptions options, ITrainingLog log)
    {
        if (!options.DoTrain && !FromOutputFolder)
        {
            string first = Weights is null ? "starting from scratch" : $"taking {Weights.Location}";
            log.Info($"Could not find trained model in {options.OutputDir}, {first}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => File?.Dispose();

    private static ITensorFile Open(ModelFiles files, ITrainingLog log)
    {
        ITensorFile weights = files.OpenWeights();
        if (files.WhatIsNewer(weights) is { } notice)
        {
            log.Warning(notice);
        }

        return weights;
    }
}
