// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace BertManaged.Formats;

/// <summary>The .zip files in which Google released its models: a folder with bert_model.ckpt.*, vocab.txt and
/// bert_config.json. They are read as they are; <see cref="TensorFiles.Open"/> reads the weights.</summary>
public static class ReleasedModelArchive
{
    /// <summary>Whether a path names a file that begins as .zip files do.</summary>
    public static bool IsArchive(string path)
    {
        ReadOnlySpan<byte> signature = "PK\u0003\u0004"u8;
        Span<byte> start = stackalloc byte[signature.Length];
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(signature);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the archive has a file of this name beside its checkpoint.</summary>
    /// <exception cref="TensorFileException">It is no archive of a model.</exception>
    public static bool HasEntry(string zipPath, string fileName)
    {
        using ModelArchive archive = ModelArchive.Open(zipPath);
        return Find(archive, fileName) is not null;
    }

    /// <summary>Reads a file that lies beside the checkpoint in the archive, whatever their folder is called.</summary>
    /// <param name="zipPath">The archive.</param>
    /// <param name="fileName">Such as <c>vocab.txt</c> or <c>bert_config.json</c>.</param>
    /// <exception cref="TensorFileException">It is no archive of a model, or damaged, or has no such file.</exception>
    public static byte[] ReadEntry(string zipPath, string fileName)
    {
        using ModelArchive archive = ModelArchive.Open(zipPath);
        ZipArchiveEntry entry = Find(archive, fileName)
            ?? throw new TensorFileException(zipPath, $"the archive has no {fileName} beside its checkpoint; give that file by its own " +
                "option", TensorFileFault.Path);
        using ZipEntryBytes bytes = archive.Open(entry);
        return bytes.Length <= Array.MaxLength
            ? bytes.Span(0, (int)bytes.Length).ToArray()
            : throw new TensorFileException(zipPath, $"{fileName} has {bytes.Length} bytes, more than a text of a model");
    }

    private static ZipArchiveEntry? Find(ModelArchive archive, string fileName)
    {
        ZipArchiveEntry index = archive.FindIndex();
        string name = index.FullName[..^index.Name.Length] + fileName;
        return archive.Files.FirstOrDefault(entry => entry.FullName == name);
    }
}
