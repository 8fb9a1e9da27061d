// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Formats;

/// <summary>Finds the weights in a folder.</summary>
internal static class ModelFolder
{
    private const string Safetensors = "model.safetensors";
    private const string ShardedSafetensors = "model.safetensors.index.json";

    public static ITensorFile Open(string folder)
    {
        string state = Path.Combine(folder, CheckpointState.FileName);
        string whole = Path.Combine(folder, Safetensors);
        string sharded = Path.Combine(folder, ShardedSafetensors);
        return File.Exists(state) ? OpenBundle(folder, CheckpointState.LatestPrefix(state))
            : File.Exists(whole) ? SafetensorsFile.Open(folder, whole)
            : File.Exists(sharded) ? SafetensorsShards.Open(folder, sharded)
            : OpenBundle(folder, OnlyPrefix(folder));
    }

    private static BundleFile OpenBundle(string folder, string prefix) => BundleFile.Open(folder, new DiskBundleFolder(prefix));

    private static string OnlyPrefix(string folder)
    {
        string[] found = [.. Indices(folder).Order(StringComparer.Ordinal)];
        return found.Length switch
        {
            1 => found[0][..^BundleFile.IndexSuffix.Length],
            0 => throw new TensorFileException(folder,
                $"the folder should hold {Safetensors} or a TensorFlow checkpoint, found " +
                $"neither{CheckpointAdvice(folder) ?? PickleAdvice(folder)}",
                TensorFileFault.Path),
            _ => throw new TensorFileException(folder,
                $"the folder has {found.Length} TensorFlow checkpoints and no file '{CheckpointState.FileName}' that says which is " +
                $"meant; name one, such as {found[^1][..^BundleFile.IndexSuffix.Length]}",
                TensorFileFault.Path),
        };
    }

    private static string[] Indices(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*" + BundleFile.IndexSuffix);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new TensorFileException(folder, $"the folder cannot be read ({SystemReason.Of(e)})", TensorFileFault.Path, e);
        }
    }

    /// <summary>A run that has not ended has its weights in folders <c>checkpoint-STEP</c>, here as with Hugging Face's Trainer.</summary>
    private static string? CheckpointAdvice(string folder)
    {
        const string prefix = "checkpoint-";
        string? newest = Directory.GetDirectories(folder, prefix + "*")
            .Where(checkpoint => Step(checkpoint) >= 0 && File.Exists(Path.Combine(checkpoint, Safetensors)))
            .MaxBy(Step);
        return newest is null ? null : $", but checkpoints of a run that has not ended: name one of them, the newest is {newest}";

        static long Step(string checkpoint) =>
            long.TryParse(
                Path.GetFileName(checkpoint).AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step)
                ? step
                : -1;
    }

    private static string PickleAdvice(string folder) => File.Exists(Path.Combine(folder, "pytorch_model.bin"))
        ? "; pytorch_model.bin holds pickled objects, which are not read: save the model as safetensors"
        : "";
}
