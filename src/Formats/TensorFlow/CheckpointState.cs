// SPDX-License-Identifier: Apache-2.0

namespace BertManaged.Formats;

/// <summary>TensorFlow's <c>checkpoint</c> file: text that names the latest checkpoint of a folder
/// (CheckpointState, in protocol buffers' text form).</summary>
internal static class CheckpointState
{
    /// <summary>The file's name.</summary>
    public const string FileName = "checkpoint";

    private const string LatestField = "model_checkpoint_path";
    private const int LongestFile = 1 << 24;

    /// <summary>The prefix of the latest checkpoint; relative ones are resolved against the state file's folder.</summary>
    /// <exception cref="TensorFileException">The file is no state file, or the checkpoint that it names is not there.</exception>
    public static string LatestPrefix(string statePath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(statePath))!;
        string named = ReadLatest(statePath);
        string prefix = Path.Combine(folder, named);
        if (File.Exists(prefix + BundleFile.IndexSuffix))
        {
            return prefix;
        }

        // A folder that was moved: TensorFlow may have written where it was.
        string beside = Path.Combine(folder, named[(named.LastIndexOfAny(['/', '\\']) + 1)..]);
        string advice = File.Exists(beside + BundleFile.IndexSuffix)
            ? $"one of that name lies beside the state file: name {beside} itself"
            : "name another checkpoint of the folder itself";
        throw new TensorFileException(statePath,
            $"it names checkpoint '{named}' as the latest, but {prefix}{BundleFile.IndexSuffix} does not exist; " +
            $"{advice}", TensorFileFault.Path);
    }

    private static string ReadLatest(string statePath)
    {
        using MappedFile file = MappedFile.Open(statePath);
        if (file.Length > LongestFile)
        {
            throw new TensorFileException(statePath, $"a checkpoint state file is a few lines of text, this file has " +
                $"{file.Length} bytes");
        }

        string? latest = null;
        var text = new TextProto(file.Span(0, (int)file.Length));
        while (text.TryReadField(out string field, out string? value))
        {
            if (field == LatestField)
            {
                latest = latest is null ? value : throw new TensorFileException(statePath, $"it has {LatestField} twice");
            }
        }

        return !text.Failed && !string.IsNullOrEmpty(latest) && !latest.Contains('\0', StringComparison.Ordinal)
            ? latest
            : throw new TensorFileException(statePath,
                $"a checkpoint state file should have a line {LatestField}: \"…\", " +
                $"{(text.Failed ? $"found something else at byte {text.Position}" : "found none")}");
    }
}
