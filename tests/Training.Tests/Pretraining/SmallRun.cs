// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>A small model and random examples: what pre-training needs that is not about numbers.</summary>
internal static class SmallRun
{
    public const int Sequence = 20, Predictions = 4, VocabSize = 30, Examples = 23;

    public static PretrainingFormat Format { get; } = new(Sequence, Predictions, VocabSize, TypeVocabSize: 2, NextSentence: true);

    /// <summary>Writes config and examples; gives options that train on them with dropout and shuffling.</summary>
    public static PretrainOptions Write(TemporaryFolder folder)
    {
        File.WriteAllText(folder.File("bert_config.json"), SmallModel.Config(VocabSize));
        File.WriteAllBytes(folder.File("examples.tfrecord"), PretrainingRecord.RandomFile(Examples, Sequence, Predictions, VocabSize));
        return new PretrainOptions
        {
            InputFile = folder.File("examples.tfrecord"),
            OutputDir = folder.File("out"),
            BertConfigFile = folder.File("bert_config.json"),
            MaxSeqLength = Sequence,
            MaxPredictionsPerSeq = Predictions,
            TrainBatchSize = 5,
            NumTrainSteps = 11,
            NumWarmupSteps = 3,
            LearningRate = 1e-3,
            MaxEvalSteps = 4,
            DoTrain = true,
        };
    }

    /// <summary>The examples of the file.</summary>
    public static PretrainingExample[] Read(TemporaryFolder folder) =>
        [.. PretrainingData.Read([folder.File("examples.tfrecord")], Format, CancellationToken.None)];

    /// <summary>A model from scratch without dropout.</summary>
    public static BertForPreTraining Model(IBackend backend, bool hasNextSentence = true) => new(
        new ParameterSource(backend, null, 3, 0.1),
        new BertConfig
        {
            VocabSize = VocabSize,
            HiddenSize = 12,
            NumHiddenLayers = 2,
            NumAttentionHeads = 3,
            IntermediateSize = 20,
            MaxPositionEmbeddings = Sequence,
        }.WithDropout(0),
        hasNextSentence);

    public static TrainingResult Run(PretrainOptions options, int threads = 2, StoppingLog? log = null)
    {
        log ??= new StoppingLog();
        using var backend = new CpuBackend(threads);
        return new Pretrainer(options, backend, log).Run(log.Stop.Token);
    }
}
