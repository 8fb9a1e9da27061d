// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text.Unicode;

namespace BertManaged.Training;

/// <summary>The characters of a piece of a text file.</summary>
/// <remarks>As TensorFlow's file reader and Google's create_pretraining_data read it: every "\r" is dropped wherever it is, and the rest is
/// strict UTF-8.</remarks>
internal static class TextDecoding
{
    /// <summary>Decodes bytes.</summary>
    /// <param name="file">Where they are from, as the user named it.</param>
    /// <param name="offset">Where they begin in the file.</param>
    /// <param name="bytes">Whole characters.</param>
    /// <param name="characters">Filled from its beginning; as long as <paramref name="bytes"/> at least.</param>
    /// <returns>How many characters there are.</returns>
    /// <exception cref="TextDataException">They are not UTF-8.</exception>
    public static int Decode(string file, long offset, ReadOnlySpan<byte> bytes, Span<char> characters)
    {
        ReadOnlySpan<byte> kept = bytes.Contains((byte)'\r') ? WithoutCarriageReturns(bytes) : bytes;
        return Utf8.ToUtf16(kept, characters, out int read, out int written, replaceInvalidSequences: false) == OperationStatus.Done
            ? written
            : throw NotUtf8(file, offset + PlaceOf(read, bytes), kept[read]);
    }

    private static byte[] WithoutCarriageReturns(ReadOnlySpan<byte> bytes)
    {
        byte[] kept = new byte[bytes.Length - bytes.Count((byte)'\r')];
        int filled = 0;
        foreach (Range part in bytes.Split((byte)'\r'))
        {
            bytes[part].CopyTo(kept.AsSpan(filled));
            filled += bytes[part].Length;
        }

        return kept;
    }

    // Where a byte that was kept stands among all bytes.
    private static int PlaceOf(int keptBefore, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        for (int kept = 0; kept < keptBefore || bytes[at] == '\r'; at++)
        {
            kept += bytes[at] == '\r' ? 0 : 1;
        }

        return at;
    }

    private static TextDataException NotUtf8(string file, long place, byte wrong) => new(
        $"{file}: expected UTF-8, but byte {place} of the file (0x{wrong:X2}, counted from 0) belongs to no character; "
        + "save the file as UTF-8.");
}
