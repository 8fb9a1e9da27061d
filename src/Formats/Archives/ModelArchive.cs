// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace BertManaged.Formats;

/// <summary>An open .zip. Nothing of it is ever written to the disk, so names that lead out of a folder lead nowhere.</summary>
internal sealed class ModelArchive : IDisposable
{
    private readonly string _path;
    private readonly long _length;
    private readonly ZipArchive _zip;
    private readonly Lock _loading = new();

    private ModelArchive(string path, FileStream stream)
    {
        _path = path;
        _length = stream.Length;
        _zip = new ZipArchive(stream, ZipArchiveMode.Read);
        Files = [.. _zip.Entries.Where(IsFile)];
    }

    /// <summary>The files of the archive, without folders and without what macOS adds to archives.</summary>
    public IReadOnlyList<ZipArchiveEntry> Files { get; }

    /// <exception cref="TensorFileException">The file cannot be read or is no .zip.</exception>
    public static ModelArchive Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return new ModelArchive(path, stream);
        }
        catch (Exception e) when (ArchiveFaults.Is(e) || e is UnauthorizedAccessException)
        {
            stream?.Dispose();
            string reason = stream is null ? SystemReason.Of(e, path) : e.Message;
            throw new TensorFileException(path, $"it cannot be read as a .zip ({reason}); if it should be one, copy or download it again",
                stream is null ? TensorFileFault.Path : TensorFileFault.Content, e);
        }
    }

    /// <summary>The content of a file; to be disposed before the archive is.</summary>
    public ZipEntryBytes Open(ZipArchiveEntry entry) => new(entry, Describe(entry.FullName), _length, _loading);

    /// <summary>The one index of a TensorFlow checkpoint in the archive.</summary>
    /// <exception cref="TensorFileException">There is none or more than one.</exception>
    public ZipArchiveEntry FindIndex()
    {
        ZipArchiveEntry[] found = [.. Files.Where(entry => entry.Name.EndsWith(BundleFile.IndexSuffix, StringComparison.Ordinal))];
        return found.Length switch
        {
            1 => found[0],
            0 when Files.Any(entry => entry.Name == "data.pkl") =>
                throw new TensorFileException(_path, "this is a PyTorch file of pickled objects, which is not read; save the model as " +
                    "model.safetensors"),
            0 => throw new TensorFileException(_path, $"the archive should hold a TensorFlow checkpoint, found no " +
                $"*{BundleFile.IndexSuffix} among its {Files.Count} files"),
            _ => throw new TensorFileException(_path, $"the archive should hold one TensorFlow checkpoint, found " +
                $"{string.Join(", ", found.Take(4).Select(entry => entry.FullName))}; unpack it and name one"),
        };
    }

    /// <summary>How a file of the archive is called in messages.</summary>
    public string Describe(string name) => $"{_path}/{name}";

    public void Dispose() => _zip.Dispose();

    private static bool IsFile(ZipArchiveEntry entry) =>
        entry.Name.Length > 0
        && !entry.Name.StartsWith("._", StringComparison.Ordinal)
        && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);
}
