// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>What must agree for fine-tuning to go on in the same bits. Threads, recomputation and where to stop may change.</summary>
internal static class ClassifySettings
{
    public static RunSettings Of(ClassifyOptions options, ClassifySetup setup, IReadOnlyList<EncodedExample> train, IBackend backend)
    {
        var settings = new RunSettings();
        settings.AddFact("kind", "fine-tuning");
        settings.AddOption("task_name", setup.Task.Name);
        settings.AddOption("init_checkpoint", setup.Model.Weights is { } weights ? Path.GetFullPath(weights.Location) : "none");
        settings.AddOption("backend", backend.Name);
        settings.AddOption("max_seq_length", options.MaxSeqLength);
        settings.AddOption("train_batch_size", options.TrainBatchSize);
        settings.AddOption("num_train_epochs", options.NumTrainEpochs);
        settings.AddOption("warmup_proportion", options.WarmupProportion);
        settings.AddOption("shuffle", options.Shuffle == ShuffleKind.None ? "none" : "full");
        settings.AddStepOptions(options.Step);
        settings.AddConfig(setup.Config);
        settings.AddFact("labels", setup.Task.IsRegression ? "a number" : string.Join(", ", setup.Task.Labels));
        settings.AddFact("training_data", $"{train.Count} examples, sha256 {Fingerprint(train)}");
        return settings;
    }

    /// <summary>Of all that the model sees: what casing, vocabulary and files come to.</summary>
    private static string Fingerprint(IReadOnlyList<EncodedExample> examples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (EncodedExample example in examples)
        {
            Append([example.Encoding.InputIds.Length, example.Label, BitConverter.SingleToInt32Bits(example.Score)]);
            Append([.. example.Encoding.InputIds]);
            Append([.. example.Encoding.TokenTypeIds]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));

        void Append(ReadOnlySpan<int> numbers) => hash.AppendData(MemoryMarshal.AsBytes(numbers));
    }
}
