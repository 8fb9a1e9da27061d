// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>TensorFlow's <c>checkpoint</c> file: text that names the checkpoints of a folder (CheckpointState, in protocol buffers' text
/// form). Names are prefixes as the file has them; relative ones are meant from the file's folder.</summary>
/// <param name="Latest">The latest checkpoint.</param>
/// <param name="All">Those that are kept, the oldest first; the latest is the last of them.</param>
/// <remarks>tensorflow/python/training/checkpoint_state.proto, checkpoint_management.py.</remarks>
public sealed record CheckpointState(string Latest, IReadOnlyList<string> All)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "checkpoint";

    private const string LatestField = "model_checkpoint_path", AllField = "all_model_checkpoint_paths";
    private const int LongestFile = 1 << 24;

    /// <summary>Reads a state file.</summary>
    /// <exception cref="TensorFileException">It is missing or no state file.</exception>
    public static CheckpointState Read(string statePath)
    {
        using MappedFile file = MappedFile.Open(statePath);
        if (file.Length > LongestFile)
        {
            throw new TensorFileException(statePath, $"a checkpoint state file is a few lines of text, this file has " +
                $"{file.Length} bytes");
        }

        string? latest = null;
        var all = new List<string>();
        var text = new TextProto(file.Span(0, (int)file.Length));
        while (text.TryReadField(out string field, out string? value))
        {
            if (field == LatestField)
            {
                latest = latest is null ? value : throw new TensorFileException(statePath, $"it has {LatestField} twice");
            }
            else if (field == AllField && value is not null)
            {
                all.Add(value);
            }
        }

        return !text.Failed && !string.IsNullOrEmpty(latest) && !latest.Contains('\0', StringComparison.Ordinal)
            ? new CheckpointState(latest, all)
            : throw new TensorFileException(statePath,
                $"a checkpoint state file should have a line {LatestField}: \"…\", " +
                $"{(text.Failed ? $"found something else at byte {text.Position}" : "found none")}");
    }

    /// <summary>Writes the state file of a folder: it is there whole, or as it was before. The checkpoint that it names must be whole,
    /// since from here on it is what readers take.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder)
    {
        IEnumerable<string> all = All.Select(name => $"{AllField}: {TextProto.Quote(name)}\n");
        AtomicFile.WriteText(Path.Combine(folder, FileName), $"{LatestField}: {TextProto.Quote(Latest)}\n{string.Concat(all)}");
    }

    /// <summary>The prefix of the latest checkpoint; relative ones are resolved against the state file's folder.</summary>
    /// <exception cref="TensorFileException">The file is no state file, or the checkpoint that it names is not there.</exception>
    internal static string LatestPrefix(string statePath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(statePath))!;
        string named = Read(statePath).Latest;
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
}
