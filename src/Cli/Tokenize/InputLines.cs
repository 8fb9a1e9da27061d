// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Unicode;
using BertManaged.Formats;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Reads the lines of a text, a file or standard input. Lines end at "\n"; a "\r" before it is no part of the line.</summary>
/// <param name="file">As the user named it; "-" for standard input.</param>
internal sealed class InputLines(string file)
{
    private const string StandardInput = "-";

    /// <summary>What messages call it.</summary>
    public string Name => file == StandardInput ? "standard input" : file;

    /// <summary>The lines, one after another; the text is never in memory as a whole.</summary>
    /// <exception cref="OptionsException">The file cannot be opened or read.</exception>
    /// <exception cref="InputFileException">A line is not UTF-8.</exception>
    public IEnumerable<string> Read()
    {
        using Stream stream = Open();
        byte[] buffer = new byte[1 << 16];
        int line = 1;
        int filled = 0;
        for (int read = Read(stream, buffer); read > 0; read = Read(stream, buffer.AsMemory(filled)))
        {
            filled += read;
            int start = 0;
            for (int length = NextLine(buffer, start, filled); length >= 0; length = NextLine(buffer, start, filled))
            {
                yield return Decode(buffer.AsSpan(start, length), line++);
                start += length + 1;
            }

            filled -= start;
            Array.Copy(buffer, start, buffer, 0, filled);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }
        }

        if (filled > 0)
        {
            yield return Decode(buffer.AsSpan(0, filled), line);
        }
    }

    private static int NextLine(byte[] buffer, int start, int filled) => buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');

    private Stream Open() => Try(
        () => file == StandardInput ? Console.OpenStandardInput() : new FileStream(file, FileMode.Open, FileAccess.Read));

    private int Read(Stream stream, Memory<byte> buffer) => Try(() => stream.Read(buffer.Span));

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw OptionsException.Unreadable(Name, e);
        }
    }

    private string Decode(ReadOnlySpan<byte> line, int number)
    {
        ReadOnlySpan<byte> text = line.EndsWith("\r"u8) ? line[..^1] : line;
        return Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw new InputFileException(Name, $"line {number} should be UTF-8, but is not; save the text as UTF-8");
    }
}
