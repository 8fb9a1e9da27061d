// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace BertManaged.Formats;

/// <summary>A bundle in a .zip; owns the archive.</summary>
internal sealed class ZipBundleFolder : IBundleFolder
{
    private readonly ModelArchive _archive;
    private readonly string _prefix;

    public ZipBundleFolder(ModelArchive archive)
    {
        _archive = archive;
        _prefix = archive.FindIndex().FullName[..^BundleFile.IndexSuffix.Length];
    }

    public string Prefix => _archive.Describe(_prefix);

    public ByteSource? TryOpen(string suffix)
    {
        ZipArchiveEntry? entry = _archive.Files.FirstOrDefault(file => file.FullName == _prefix + suffix);
        return entry is null ? null : _archive.Open(entry);
    }

    public void Dispose() => _archive.Dispose();
}
