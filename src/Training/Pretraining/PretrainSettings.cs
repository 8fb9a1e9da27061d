// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using BertManaged.Tensors;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>What must agree for pre-training to go on in the same bits. Threads, recomputation and where to stop may change.</summary>
internal static class PretrainSettings
{
    public static RunSettings Of(PretrainOptions options, RunModel model, PretrainingData train, IBackend backend)
    {
        var settings = new RunSettings();
        settings.AddFact("kind", "pre-training");
        settings.AddOption("init_checkpoint", model.Weights is { } weights ? Path.GetFullPath(weights.Location) : "none");
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
        settings.AddConfig(model.Config);
        settings.AddFact("vocabulary", Fingerprint(model.Vocabulary));
        settings.AddFact("do_lower_case", model.LowerCase ? "true" : "false");
        settings.AddFact("training_data", $"{train.Count} examples, sha256 {train.Fingerprint}");
        return settings;
    }

    /// <summary>The examples are ids: they do not say of which tokens, but every checkpoint brings its vocabulary along.</summary>
    private static string Fingerprint(Vocabulary? vocabulary)
    {
        if (vocabulary is null)
        {
            return "none";
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', vocabulary.Tokens)));
        return $"{vocabulary.Tokens.Count} tokens, sha256 {Convert.ToHexStringLower(hash)}";
    }
}
