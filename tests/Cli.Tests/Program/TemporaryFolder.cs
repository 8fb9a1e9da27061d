// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace BertManaged.Cli.Tests;

/// <summary>A folder of a test's own, deleted with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bertmanaged-").FullName;

    /// <summary>The path of a file or folder in it.</summary>
    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text; folders on the way are made.</summary>
    public string Write(string name, string text)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes bytes.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>Copies a folder with all that is in it.</summary>
    public string CopyOf(string source, string name)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = At(name, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);

            // The bytes alone: the source may be read-only.
            File.WriteAllBytes(target, File.ReadAllBytes(file));
        }

        return At(name);
    }

    /// <summary>Unpacks the files of an archive, without its folders.</summary>
    public string Unpack(string archive, string name)
    {
        Directory.CreateDirectory(At(name));
        using ZipArchive zip = ZipFile.OpenRead(archive);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry.Name.Length > 0))
        {
            entry.ExtractToFile(At(name, entry.Name));
        }

        return At(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
