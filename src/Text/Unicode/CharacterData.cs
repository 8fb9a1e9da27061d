// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BertManaged.Text.Unicode;

/// <summary>Properties and foldings of all code points as of Unicode 14, whatever Unicode the runtime knows.</summary>
/// <remarks>The tables are the resource unicode14.bin; UnicodeTableTests in the tests writes it and holds it against its source.
/// Both tables have two stages: an index with one entry per 128 code points, and the blocks that differ.</remarks>
internal static class CharacterData
{
    internal const int BlockBits = 7;
    internal const int BlockSize = 1 << BlockBits;
    internal const int CodePointCount = 0x110000;
    internal const string ResourceName = "unicode14.bin";

    private static readonly byte[] PropertyIndex;
    private static readonly byte[] PropertyBlocks;
    private static readonly byte[] FoldIndex;
    private static readonly ushort[] FoldBlocks;
    private static readonly char[] FoldText;
    private static readonly uint[] CombiningClasses;

    static CharacterData()
    {
        ReadOnlySpan<byte> rest = ReadResource();
        PropertyIndex = TakeSection(ref rest).ToArray();
        PropertyBlocks = TakeSection(ref rest).ToArray();
        FoldIndex = TakeSection(ref rest).ToArray();
        FoldBlocks = TakeUnits(ref rest);
        FoldText = Array.ConvertAll(TakeUnits(ref rest), unit => (char)unit);
        CombiningClasses = TakeWords(ref rest);
    }

    /// <summary>The properties of a code point; surrogates are code points too.</summary>
    public static CharacterProperties Properties(int codePoint) =>
        (CharacterProperties)PropertyBlocks[(PropertyIndex[codePoint >> BlockBits] << BlockBits) | (codePoint & (BlockSize - 1))];

    /// <summary>The kind within the properties.</summary>
    public static CharacterKind Kind(CharacterProperties properties) => (CharacterKind)(properties & CharacterProperties.KindMask);

    /// <summary>UTF-16 text of a code point that has <see cref="CharacterProperties.Folds"/> and is no Hangul syllable:
    /// lower-cased (without the final-sigma rule), then canonically decomposed, then without category Mn. May be empty.</summary>
    public static ReadOnlySpan<char> Fold(int codePoint)
    {
        int start = FoldBlocks[(FoldIndex[codePoint >> BlockBits] << BlockBits) | (codePoint & (BlockSize - 1))];
        return FoldText.AsSpan(start + 1, FoldText[start]);
    }

    /// <summary>Canonical combining class of a code point that is not of category Mn.</summary>
    public static int CombiningClassOfKept(int codePoint)
    {
        foreach (uint entry in CombiningClasses)
        {
            if (entry >> 8 == codePoint)
            {
                return (int)(entry & 0xFF);
            }
        }

        return 0;
    }

    private static byte[] ReadResource()
    {
        using Stream stream = typeof(CharacterData).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {ResourceName}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static ReadOnlySpan<byte> TakeSection(ref ReadOnlySpan<byte> rest)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        ReadOnlySpan<byte> section = rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + length)..];
        return section;
    }

    private static ushort[] TakeUnits(ref ReadOnlySpan<byte> rest)
    {
        ushort[] units = MemoryMarshal.Cast<byte, ushort>(TakeSection(ref rest)).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(units, units);
        }

        return units;
    }

    private static uint[] TakeWords(ref ReadOnlySpan<byte> rest)
    {
        uint[] words = MemoryMarshal.Cast<byte, uint>(TakeSection(ref rest)).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return words;
    }
}
