// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Formats;

/// <summary>Opens whatever a person may mean by a model's weights.</summary>
public static partial class TensorFiles
{
    /// <summary>Opens a checkpoint. Names, types, shapes and offsets are checked at once; values are read when asked for.</summary>
    /// <param name="path">One of:
    /// a .safetensors file, or the .index.json of one in shards;
    /// a TensorFlow checkpoint by its prefix (<c>…/bert_model.ckpt</c>) or by one of its files (.index, .data-…);
    /// a .zip of a released model;
    /// a folder: the checkpoint that TensorFlow's <c>checkpoint</c> file names if it has one, else model.safetensors,
    /// else model.safetensors.index.json, else its only *.index.</param>
    /// <exception cref="TensorFileException">There is no such thing, or it is damaged;
    /// <see cref="TensorFileException.Fault"/> says which.</exception>
    public static ITensorFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("The formats are little-endian and read in place: this needs a little-endian " +
                "machine.");
        }

        return Directory.Exists(path) ? ModelFolder.Open(path)
            : BundlePrefixOf(path) is { } prefix ? BundleFile.Open(path, new DiskBundleFolder(prefix))
            : !File.Exists(path) ? throw Missing(path)
            : ReleasedModelArchive.IsArchive(path) || HasEnding(path, ".zip") ? OpenArchive(path)
            : HasEnding(path, ".json") ? SafetensorsShards.Open(path, path)
            : OpenSafetensors(path);
    }

    // A name that ends as those of a checkpoint's files do, or to which an index belongs.
    private static string? BundlePrefixOf(string path)
    {
        Match ending = BundleEnding().Match(path);
        return ending.Success ? path[..ending.Index] : File.Exists(path + BundleFile.IndexSuffix) ? path : null;
    }

    private static BundleFile OpenArchive(string path)
    {
        var archive = ModelArchive.Open(path);
        try
        {
            return BundleFile.Open(path, new ZipBundleFolder(archive));
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    private static SafetensorsFile OpenSafetensors(string path)
    {
        try
        {
            return SafetensorsFile.Open(path, path);
        }
        catch (TensorFileException e) when (!HasEnding(path, ".safetensors") && e.Fault == TensorFileFault.Content)
        {
            throw new TensorFileException(path,
                "its format is not known; expected a .safetensors file, a TensorFlow checkpoint's prefix or .index, a released .zip, " +
                "or a folder with one of them", inner: e);
        }
    }

    private static TensorFileException Missing(string path) =>
        new(path, $"there is no such file or folder, and no {path}{BundleFile.IndexSuffix} of a TensorFlow " +
            "checkpoint", TensorFileFault.Path);

    private static bool HasEnding(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(\.index|\.data-\d{5,}-of-\d{5,})\z", RegexOptions.CultureInvariant)]
    private static partial Regex BundleEnding();
}
