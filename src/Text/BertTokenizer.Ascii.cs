// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BertManaged.Text.Unicode;
using BertManaged.Text.WordPieces;

namespace BertManaged.Text;

// The way most text takes: runs of ASCII letters and digits between spaces and punctuation. A word is found 16 characters at a time,
// becomes the key of a hash table as it stands, and only a word that is no token as a whole is cut into pieces.
public sealed partial class BertTokenizer
{
    private const int AsciiCaseBit = 0x20;
    private const int Window = AsciiWordTable.MaxLength;
    private const char FirstCombiningMark = '\u0300';

    private readonly AsciiWordTable _shortWords;
    private readonly int _caseBit;

    // Window zeros behind Window ones: read at Window − n it keeps the first n bytes of a key.
    private static ReadOnlySpan<byte> KeepMasks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    // Reads on as long as the words are plain ASCII; returns the position of the word that is not, or the end.
    private int ReadAscii<TSink>(ReadOnlySpan<char> text, int position, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        while (position < text.Length)
        {
            Vector128<byte> window = LoadWindow(text, position);
            int length = BitOperations.TrailingZeroCount(~LettersAndDigits(window));
            if (length == 0)
            {
                if (!TryReadSymbol(text, position, ref sink))
                {
                    break;
                }

                position = SkipSpace(text, position + 1);
                continue;
            }

            int end = length < Window ? position + length : EndOfRun(text, position + length);
            if (end < text.Length && !EndsWord(text[end]))
            {
                break;
            }

            AddWord(text, position, end, window, _caseBit, ref sink);
            position = SkipSpace(text, end);
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddWord<TSink>(ReadOnlySpan<char> text, int start, int end, Vector128<byte> window, int caseBit, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        int length = end - start;
        if (length <= Math.Min(Window, MaxInputCharsPerWord))
        {
            Vector128<byte> keep = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(KeepMasks), (nuint)(Window - length));
            int id = _shortWords.Find((window | Vector128.Create((byte)caseBit)) & keep);
            if (id >= 0)
            {
                sink.Add(id, start, end);
                return;
            }
        }

        _pieces.Add(new AsciiWord(text, start, end, caseBit), ref sink);
    }

    // A space, or a punctuation character that is a word by itself. Others (characters to be removed, not ASCII) are not for here.
    private bool TryReadSymbol<TSink>(ReadOnlySpan<char> text, int position, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        char symbol = text[position];
        if (symbol >= 0x80)
        {
            return false;
        }

        CharacterKind kind = CharacterData.Kind(CharacterData.Properties(symbol));
        if (kind == CharacterKind.Space)
        {
            return true;
        }

        // Marks behind punctuation belong to its range.
        bool mayHaveMark = position + 1 < text.Length && text[position + 1] >= FirstCombiningMark;
        if (kind != CharacterKind.Punctuation || mayHaveMark)
        {
            return false;
        }

        AddWord(text, position, position + 1, Vector128.CreateScalar((byte)symbol), caseBit: 0, ref sink);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipSpace(ReadOnlySpan<char> text, int position) =>
        position < text.Length && text[position] == ' ' ? position + 1 : position;

    private static bool EndsWord(char next) => CharacterData.Kind(CharacterData.Properties(next))
        is CharacterKind.Space or CharacterKind.Punctuation or CharacterKind.Ideograph;

    private static int EndOfRun(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && char.IsAsciiLetterOrDigit(text[position]))
        {
            position++;
        }

        return position;
    }

    // Sixteen characters as bytes; those that are not ASCII become bytes above 0x7F, those behind the end zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LoadWindow(ReadOnlySpan<char> text, int position)
    {
        if (text.Length - position < Window)
        {
            return LoadLastWindow(text[position..]);
        }

        ref ushort first = ref Unsafe.As<char, ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), position));
        return Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, 8));
    }

    private static Vector128<byte> LoadLastWindow(ReadOnlySpan<char> rest)
    {
        Span<char> window = stackalloc char[Window];
        window.Clear();
        rest.CopyTo(window);
        return LoadWindow(window, 0);
    }

    // One bit per byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LettersAndDigits(Vector128<byte> window)
    {
        Vector128<byte> letter = (window | Vector128.Create((byte)AsciiCaseBit)) - Vector128.Create((byte)'a');
        Vector128<byte> digit = window - Vector128.Create((byte)'0');
        Vector128<byte> isLetter = Vector128.LessThan(letter, Vector128.Create((byte)26));
        Vector128<byte> isDigit = Vector128.LessThan(digit, Vector128.Create((byte)10));
        return (isLetter | isDigit).ExtractMostSignificantBits();
    }
}
