// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A file could not be written; what was there before is unchanged.</summary>
internal sealed class UnwrittenFileException(string path, Exception reason)
    : IOException($"{path}: the file cannot be written ({reason.Message}); what was there before is unchanged", reason)
{
    /// <summary>Whether an exception is the system's word that it did not write. A file beyond the largest size that is allowed comes as
    /// <see cref="ArgumentOutOfRangeException"/>; what was said about a file already is not said again.</summary>
    public static bool Is(Exception e) =>
        e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException
        && e is not (TensorFileException or TFRecordException or UnwrittenFileException);
}
