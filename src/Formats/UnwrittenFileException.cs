// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A file could not be written; what was there before is unchanged.</summary>
/// <param name="path">The file, as it is called once it is whole.</param>
/// <param name="reason">In the words of <see cref="SystemReason"/>.</param>
/// <param name="cause">What the system threw.</param>
internal sealed class UnwrittenFileException(string path, string reason, Exception cause)
    : IOException($"{path}: the file cannot be written ({reason}); what was there before is unchanged", cause)
{
    /// <summary>What it means that a file is not found which should be made: /proc is such a folder.</summary>
    private const string NoFiles = "its folder takes no files";

    /// <summary>Where a file of this path was to be written.</summary>
    public UnwrittenFileException(string path, Exception cause)
        : this(path, cause is FileNotFoundException ? NoFiles : SystemReason.Of(cause, path), cause)
    {
    }

    /// <summary>Whether an exception is the system's word that it did not write. A file beyond the largest size that is allowed comes as
    /// <see cref="ArgumentOutOfRangeException"/>; what was said about a file already is not said again.</summary>
    public static bool Is(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException
        && e is not (TensorFileException or TFRecordException or UnwrittenFileException);
}
