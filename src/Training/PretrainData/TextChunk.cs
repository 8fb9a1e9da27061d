// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Whole lines of a text file: the unit of work when text is tokenized by several threads.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Bytes">Its bytes; they end with a line end, or with the file.</param>
internal readonly record struct TextChunk(string File, long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Least bytes of a chunk, but for a file's last. It does not depend on the number of threads.</summary>
    public const int WantedBytes = 1 << 18;

    /// <summary>The chunks of several files, one after another; no more is in memory than is asked for.</summary>
    /// <exception cref="TextDataException">A line is longer than an array can be.</exception>
    /// <exception cref="OptionsException">A file cannot be read.</exception>
    public static IEnumerable<TextChunk> Of(IEnumerable<string> files) => files.SelectMany(Of);

    private static IEnumerable<TextChunk> Of(string file)
    {
        using TextFile text = new(file);
        byte[] rest = [];
        long offset = 0;
        while (true)
        {
            byte[] bytes = ReadMore(text, rest, file, out int filled);
            int lineEnd = bytes.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            bool isLast = filled < bytes.Length;
            int length = isLast ? filled : lineEnd;
            if (length > 0)
            {
                yield return new TextChunk(file, offset, bytes.AsMemory(0, length));
            }

            if (isLast)
            {
                yield break;
            }

            rest = bytes[length..];
            offset += length;
        }
    }

    // Behind the beginning of a line that was left over; longer than that line may be.
    private static byte[] ReadMore(TextFile text, byte[] rest, string file, out int filled)
    {
        long wanted = rest.Length + (long)Math.Max(WantedBytes, rest.Length);
        if (wanted > Array.MaxLength)
        {
            throw new TextDataException($"{file}: expected lines of less than 1 GB, found a longer one; break it up.");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)wanted);
        rest.CopyTo(bytes, 0);
        filled = rest.Length + text.Read(bytes.AsMemory(rest.Length));
        return bytes;
    }
}
