// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>What must agree for pre-training to go on in the same bits. Threads, recomputation and where to stop may change.</summary>
internal static class PretrainSettings
{
    public static RunSettings Of(PretrainOptions options, PretrainSetup setup, PretrainingData train, IBackend backend)
    {
        var settings = new RunSettings();
        settings.AddOption("init_checkpoint", setup.Weights is { } weights ? Path.GetFullPath(weights.Location) : "none");
        settings.AddOption("backend", backend.Name);
        settings.AddOption("max_seq_length", options.MaxSeqLength);
        settings.AddOption("max_predictions_per_seq", options.MaxPredictionsPerSeq);
        settings.AddOption("train_batch_size", options.TrainBatchSize);
        settings.AddOption("gradient_accumulation_steps", options.GradientAccumulationSteps);
        settings.AddOption("num_train_steps", options.NumTrainSteps);
        settings.AddOption("num_warmup_steps", options.NumWarmupSteps);
        settings.AddOption("nsp", options.NextSentence ? "true" : "false");
        settings.AddOption("shuffle", options.Shuffle == ShuffleKind.None ? "none" : "full");
        settings.AddStepOptions(options.Step);
        settings.AddConfig(setup.Config);
        settings.AddFact("training_data", $"{train.Count} examples, sha256 {train.Fingerprint}");
        return settings;
    }
}
