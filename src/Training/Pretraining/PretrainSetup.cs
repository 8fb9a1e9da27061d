// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>All that a run needs to know of its model before it computes.</summary>
/// <param name="Weights">Files of the first weights; null to start from scratch.</param>
/// <param name="FromOutputFolder">Whether they are a model that an earlier run left there.</param>
/// <param name="Config">With the options' dropout and GELU.</param>
/// <param name="Vocabulary">Fits the config; null where none is known.</param>
/// <param name="LowerCase">Whether text is lower-cased.</param>
internal sealed record PretrainSetup(ModelFiles? Weights, bool FromOutputFolder, BertConfig Config, Vocabulary? Vocabulary, bool LowerCase)
{
    /// <summary>Finds everything.</summary>
    /// <exception cref="OptionsException">Something is missing or does not fit.</exception>
    public static PretrainSetup From(PretrainOptions options, OutputFolder output, ITrainingLog log)
    {
        string? trained = options.DoTrain ? null : output.NewestModel();
        bool fromOutput = trained is not null;
        string? location = trained ?? options.InitCheckpoint ?? options.Model;
        ModelFiles? weights = location is null ? null : ModelFiles.Existing(location);
        bool describesItself = fromOutput && weights!.TryReadConfig() is not null;
        ModelFiles? described = options.Model is { } model && !describesItself ? ModelFiles.Existing(model) : weights;

        BertConfig config = new SettledConfig(options.BertConfigFile, options.Dropout, options.Gelu).Read(described, weights, log);
        Vocabulary? vocabulary = options.VocabFile is { } file ? ModelFiles.ReadVocabulary(file) : described?.TryReadVocabulary();
        PretrainChecks.Model(options, config, vocabulary);
        bool lowerCase = options.DoLowerCase ?? weights?.LowerCase() ?? described?.LowerCase() ?? true;
        return new PretrainSetup(weights, fromOutput, config, vocabulary, lowerCase);
    }
}
