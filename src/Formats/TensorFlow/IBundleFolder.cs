// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Where the files of a bundle lie: in a folder of the disk or of an archive.</summary>
internal interface IBundleFolder : IDisposable
{
    /// <summary>The prefix that all files of the bundle have in common, as it is shown to the user.</summary>
    string Prefix { get; }

    /// <summary>Opens a file of the bundle, given what its name has after the prefix; null where it does not exist.</summary>
    ByteSource? TryOpen(string suffix);
}
