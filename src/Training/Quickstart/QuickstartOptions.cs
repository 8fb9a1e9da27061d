// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What <c>bert quickstart</c> can be told.</summary>
public sealed record QuickstartOptions
{
    /// <summary>Where data and model go: folders of these names within it.</summary>
    public required string OutputDir { get; init; }

    /// <summary>Seed of first weights, shuffling and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether a model and files that are there already may be replaced.</summary>
    public bool OverwriteOutputDir { get; init; }

    /// <summary>Folder of the data and of the configuration of the untrained model.</summary>
    public string DataDir => Path.Combine(OutputDir, "data");

    /// <summary>Folder of the trained model and its results.</summary>
    public string ModelDir => Path.Combine(OutputDir, "model");

    /// <summary>The main job's options: the quickstart is a run of <see cref="Classifier"/> with these and nothing else.</summary>
    public ClassifyOptions ToClassifyOptions() => new()
    {
        TaskName = "csv",
        LabelColumn = NovelistsSample.LabelColumn,
        DataDir = DataDir,
        VocabFile = Path.Combine(DataDir, "vocab.txt"),
        BertConfigFile = Path.Combine(DataDir, "config.json"),
        OutputDir = ModelDir,
        DoTrain = true,
        DoEval = true,
        DoPredict = true,
        MaxSeqLength = 64,
        LearningRate = 5e-4,
        NumTrainEpochs = 4,
        Seed = Seed,
        OverwriteOutputDir = OverwriteOutputDir,
    };
}
