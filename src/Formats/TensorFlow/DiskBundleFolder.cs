// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A bundle on the disk.</summary>
internal sealed class DiskBundleFolder(string prefix) : IBundleFolder
{
    public string Prefix => prefix;

    public ByteSource? TryOpen(string suffix) => File.Exists(prefix + suffix) ? MappedFile.Open(prefix + suffix) : null;

    public void Dispose()
    {
        // What was opened belongs to who opened it.
    }
}
