// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Which exceptions of the .zip reader mean that the archive is damaged.</summary>
internal static class ArchiveFaults
{
    public static bool Is(Exception e) =>
        e is IOException or InvalidDataException or NotSupportedException or ArgumentException or OverflowException
        && e is not TensorFileException;
}
