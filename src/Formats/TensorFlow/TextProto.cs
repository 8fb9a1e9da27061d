// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats;

/// <summary>Reads the flat part of protocol buffers' text form: lines of <c>field: "text"</c> or <c>field: number</c>,
/// with C escapes in the texts and comments after #.</summary>
internal ref struct TextProto(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>How far it was read, bytes.</summary>
    public int Position { get; private set; }

    /// <summary>Whether reading ended at something that is no such line.</summary>
    public bool Failed { get; private set; }

    /// <summary>A text as the format's writers put it in quotes: bytes that are not printable ASCII in octal.</summary>
    /// <remarks>google/protobuf/text_encoding.py <c>CEscape</c>.</remarks>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            quoted.Append(b switch
            {
                (byte)'\t' => "\\t",
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'"' or (byte)'\'' or (byte)'\\' => $"\\{(char)b}",
                >= (byte)' ' and < 0x7F => ((char)b).ToString(),
                _ => $"\\{Convert.ToString(b, toBase: 8).PadLeft(3, '0')}",
            });
        }

        return quoted.Append('"').ToString();
    }

    private readonly int Current => Position < _text.Length ? _text[Position] : -1;

    /// <summary>Reads the next field; its value is null unless it is a text. False at the end and where it fails.</summary>
    public bool TryReadField(out string field, out string? value)
    {
        value = null;
        SkipSpace();
        field = Word();
        if (field.Length == 0)
        {
            Failed = Current != -1;
            return false;
        }

        SkipSpace();
        Failed = Current != ':';
        if (Failed)
        {
            return false;
        }

        Position++;
        SkipSpace();
        if (Current is '"' or '\'')
        {
            value = Text();
        }
        else
        {
            Failed = Word().Length == 0;
        }

        return !Failed;
    }

    private void SkipSpace()
    {
        bool comment = false;
        while (Current is ' ' or '\t' or '\r' or '\n' or '#' || (comment && Current != -1))
        {
            comment = (comment || Current == '#') && Current != '\n';
            Position++;
        }
    }

    private string Word()
    {
        int start = Position;
        while (Current >= 0 && (char.IsAsciiLetterOrDigit((char)Current) || Current is '_' or '.' or '+' or '-'))
        {
            Position++;
        }

        return Encoding.ASCII.GetString(_text[start..Position]);
    }

    // Texts that follow one another are one.
    private string? Text()
    {
        var bytes = new List<byte>();
        while (Current is '"' or '\'')
        {
            int quote = Current;
            Position++;
            while (Current != quote)
            {
                if (Current is -1 or '\n' || !TryCharacter(bytes))
                {
                    Failed = true;
                    return null;
                }
            }

            Position++;
            SkipSpace();
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private bool TryCharacter(List<byte> bytes)
    {
        int c = Current;
        Position++;
        if (c != '\\')
        {
            bytes.Add((byte)c);
            return true;
        }

        c = Current;
        if (c is >= '0' and <= '7')
        {
            bytes.Add((byte)Digits(radix: 8, most: 3));
            return true;
        }

        Position++;
        if (c is 'x' or 'X')
        {
            bool digit = char.IsAsciiHexDigit((char)Math.Max(Current, 0));
            bytes.Add((byte)Digits(radix: 16, most: 2));
            return digit;
        }

        int found = "abfnrtv\\'\"?".IndexOf((char)Math.Max(c, 0), StringComparison.Ordinal);
        bytes.Add(found < 0 ? (byte)0 : (byte)"\a\b\f\n\r\t\v\\'\"?"[found]);
        return found >= 0;
    }

    private int Digits(int radix, int most)
    {
        int value = 0;
        for (int i = 0; i < most; i++)
        {
            int digit = Current switch
            {
                >= '0' and <= '9' => Current - '0',
                >= 'a' and <= 'f' => Current - 'a' + 10,
                >= 'A' and <= 'F' => Current - 'A' + 10,
                _ => radix,
            };
            if (digit >= radix)
            {
                break;
            }

            value = (value * radix) + digit;
            Position++;
        }

        return value;
    }
}
