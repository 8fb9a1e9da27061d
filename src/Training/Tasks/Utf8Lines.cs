// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace BertManaged.Training;

/// <summary>Reads text files the way TensorFlow's file reader does.</summary>
/// <remarks>Lines end at "\n" alone, every "\r" is dropped wherever it is, and the rest is strict UTF-8
/// (tf.gfile, observed with TensorFlow 1.11 and 2.15). A byte order mark stays in the text.</remarks>
internal static class Utf8Lines
{
    /// <summary>All lines of a file; the line numbers of messages are the indices plus 1.</summary>
    /// <exception cref="TaskArgumentException">There is no such file.</exception>
    /// <exception cref="TaskDataException">A line is not UTF-8.</exception>
    public static List<string> Read(string path)
    {
        byte[] bytes = TaskFile.ReadAllBytes(path);
        var lines = new List<string>();
        for (int start = 0; start < bytes.Length;)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            int end = length < 0 ? bytes.Length : start + length;
            lines.Add(Decode(bytes.AsSpan(start, end - start), path, lines.Count + 1, start));
            start = end + 1;
        }

        return lines;
    }

    private static string Decode(ReadOnlySpan<byte> line, string path, int row, int offset)
    {
        ReadOnlySpan<byte> kept = line.Contains((byte)'\r') ? WithoutCarriageReturns(line) : line;
        if (Utf8.IsValid(kept))
        {
            return Encoding.UTF8.GetString(kept);
        }

        int wrong = FirstInvalid(kept);
        throw Invalid(path, row, offset + OffsetWithCarriageReturns(line, wrong), kept[wrong]);
    }

    /// <summary>The error for a file whose bytes are not UTF-8.</summary>
    public static TaskDataException Invalid(string path, ReadOnlySpan<byte> bytes)
    {
        int wrong = FirstInvalid(bytes);
        return Invalid(path, 1 + bytes[..wrong].Count((byte)'\n'), wrong, bytes[wrong]);
    }

    private static TaskDataException Invalid(string path, int row, int offset, byte value) => TaskDataException.At(path, row,
        $"expected UTF-8, but byte {offset} of the file (0x{value:X2}, counted from 0) belongs to no character; save the file as UTF-8.");

    private static byte[] WithoutCarriageReturns(ReadOnlySpan<byte> line)
    {
        var kept = new ArrayBufferWriter<byte>(line.Length);
        foreach (Range part in line.Split((byte)'\r'))
        {
            kept.Write(line[part]);
        }

        return kept.WrittenSpan.ToArray();
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int consumed) == OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }

    private static int OffsetWithCarriageReturns(ReadOnlySpan<byte> line, int keptOffset)
    {
        int at = 0;
        for (int kept = -1; ; at++)
        {
            kept += line[at] == '\r' ? 0 : 1;
            if (kept == keptOffset)
            {
                return at;
            }
        }
    }
}
