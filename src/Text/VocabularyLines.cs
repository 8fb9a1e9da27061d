// SPDX-License-Identifier: Apache-2.0
using System.Text.Unicode;

namespace BertManaged.Text;

/// <summary>Splits a vocabulary file into tokens the way TensorFlow's line reader and Python's strip do.</summary>
/// <remarks>Lines end at "\n" only; every "\r" is dropped wherever it is, before the bytes are decoded; UTF-8 is strict and a byte
/// order mark is a character. Observed on TensorFlow 1.11 and 2.15.</remarks>
internal static class VocabularyLines
{
    // Python's whitespace, all of it in the Basic Multilingual Plane.
    private const string Whitespace =
        "\t\n\v\f\r\x1C\x1D\x1E\x1F \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    /// <summary>The stripped text of each line, in order.</summary>
    /// <exception cref="VocabularyException">A line is not UTF-8.</exception>
    public static List<string> Read(ReadOnlySpan<byte> utf8, string sourceName)
    {
        List<string> tokens = [];
        int offset = 0;
        while (offset < utf8.Length)
        {
            int length = utf8[offset..].IndexOf((byte)'\n');
            bool isTerminated = length >= 0;
            ReadOnlySpan<byte> line = utf8.Slice(offset, isTerminated ? length : utf8.Length - offset);
            string text = Decode(line, offset, tokens.Count, sourceName);

            // A last line of nothing but "\r" reads as the end of the file.
            if (isTerminated || text.Length > 0)
            {
                tokens.Add(text.AsSpan().Trim(Whitespace).ToString());
            }

            offset += line.Length + 1;
        }

        return tokens;
    }

    private static string Decode(ReadOnlySpan<byte> line, int lineOffset, int lineIndex, string sourceName)
    {
        ReadOnlySpan<byte> bytes = line.Contains((byte)'\r') ? WithoutCarriageReturns(line) : line;
        Span<char> text = bytes.Length <= 256 ? stackalloc char[256] : new char[bytes.Length];
        if (Utf8.ToUtf16(bytes, text, out int read, out int written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
        {
            int offset = lineOffset + OffsetInLine(line, read);
            throw new VocabularyException(
                $"{sourceName}: expected UTF-8 text, found the invalid byte 0x{bytes[read]:X2} at byte offset {offset}, in line {lineIndex + 1}; " +
                "save the vocabulary as UTF-8.");
        }

        return new string(text[..written]);
    }

    private static byte[] WithoutCarriageReturns(ReadOnlySpan<byte> line)
    {
        List<byte> kept = new(line.Length);
        foreach (byte value in line)
        {
            if (value != '\r')
            {
                kept.Add(value);
            }
        }

        return [.. kept];
    }

    private static int OffsetInLine(ReadOnlySpan<byte> line, int keptBytes)
    {
        int offset = 0;
        for (int kept = -1; offset < line.Length; offset++)
        {
            kept += line[offset] == '\r' ? 0 : 1;
            if (kept == keptBytes)
            {
                break;
            }
        }

        return offset;
    }
}
