// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Unicode;

namespace BertManaged.Text.Tests.Unicode;

/// <summary>Writes src/Text/Unicode/unicode14.bin: six sections, each its length in bytes (int32) and its content, little-endian:
/// property index, property blocks, fold index, fold blocks (uint16), fold text (uint16), combining classes of what is not Mn (uint32).</summary>
internal sealed class UnicodeTableWriter(UnicodeData data)
{
    private static readonly (int First, int Last)[] IdeographRanges =
    [
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
        (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
    ];

    public byte[] Write()
    {
        byte[] properties = [.. Enumerable.Range(0, UnicodeData.CodePointCount).Select(codePoint => (byte)Properties(codePoint))];
        (ushort[] folds, List<ushort> text) = Folds();
        (byte[] propertyIndex, byte[] propertyBlocks) = TwoStages(properties);
        (byte[] foldIndex, ushort[] foldBlocks) = TwoStages(folds);

        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        WriteSection(writer, propertyIndex, sizeof(byte), writer.Write);
        WriteSection(writer, propertyBlocks, sizeof(byte), writer.Write);
        WriteSection(writer, foldIndex, sizeof(byte), writer.Write);
        WriteSection(writer, foldBlocks, sizeof(ushort), writer.Write);
        WriteSection(writer, [.. text], sizeof(ushort), writer.Write);
        WriteSection(writer, KeptCombiningClasses(), sizeof(uint), writer.Write);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Lower-cased, decomposed, without marks; null where nothing changes, or where the arithmetic of Hangul does it.</summary>
    public int[]? Fold(int codePoint)
    {
        int[] lower = data.Lower.GetValueOrDefault(codePoint, [codePoint]);
        int[] decomposed = [.. lower.SelectMany(part => data.Decomposition.GetValueOrDefault(part, [part]))];
        return decomposed is [int same] && same == codePoint ? null : [.. decomposed.Where(part => data.Category[part] != "Mn")];
    }

    private CharacterProperties Properties(int codePoint)
    {
        CharacterProperties properties = (CharacterProperties)Kind(codePoint);
        properties |= data.Cased.Contains(codePoint) ? CharacterProperties.Cased : 0;
        properties |= data.CaseIgnorable.Contains(codePoint) ? CharacterProperties.CaseIgnorable : 0;
        properties |= Fold(codePoint) is not null || Hangul.IsSyllable(codePoint) ? CharacterProperties.Folds : 0;

        // U+0F73 has class 0, but decomposes to characters of other classes.
        bool isCombining = data.Decomposition.GetValueOrDefault(codePoint, [codePoint]).All(data.CombiningClass.ContainsKey);
        properties |= isCombining ? CharacterProperties.Combining : 0;
        return properties;
    }

    private CharacterKind Kind(int codePoint)
    {
        string category = data.Category[codePoint];
        return codePoint switch
        {
            '\t' or '\n' or '\r' or 0x2028 or 0x2029 => CharacterKind.Space,
            0 or 0xFFFD => CharacterKind.Removed,
            _ when category == "Zs" => CharacterKind.Space,
            _ when category is "Cc" or "Cf" => CharacterKind.Removed,
            _ when IsPunctuation(codePoint) => CharacterKind.Punctuation,
            _ when IdeographRanges.Any(range => codePoint >= range.First && codePoint <= range.Last) => CharacterKind.Ideograph,
            _ when category == "Mn" => CharacterKind.Mark,
            _ when Fold(codePoint) is [int folded] && IsPunctuation(folded) => CharacterKind.FoldsToPunctuation,
            _ => CharacterKind.Letter,
        };
    }

    private bool IsPunctuation(int codePoint) =>
        codePoint is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || data.Category[codePoint][0] == 'P';

    // Entry 0 of the text stands for "does not fold".
    private (ushort[] Starts, List<ushort> Text) Folds()
    {
        ushort[] starts = new ushort[UnicodeData.CodePointCount];
        List<ushort> text = [0];
        Dictionary<string, ushort> known = [];
        for (int codePoint = 0; codePoint < starts.Length; codePoint++)
        {
            if (Fold(codePoint) is not { } fold)
            {
                continue;
            }

            string units = string.Concat(fold.Select(char.ConvertFromUtf32));
            if (!known.TryGetValue(units, out ushort start))
            {
                known[units] = start = checked((ushort)text.Count);
                text.AddRange([(ushort)units.Length, .. units.Select(unit => (ushort)unit)]);
            }

            starts[codePoint] = start;
        }

        return (starts, text);
    }

    private uint[] KeptCombiningClasses() =>
        [.. data.CombiningClass.Where(pair => data.Category[pair.Key] != "Mn").OrderBy(pair => pair.Key)
            .Select(pair => ((uint)pair.Key << 8) | (uint)pair.Value)];

    private static (byte[] Index, T[] Blocks) TwoStages<T>(T[] table)
        where T : unmanaged
    {
        List<T> blocks = [];
        Dictionary<string, byte> known = [];
        byte[] index = [.. table.Chunk(CharacterData.BlockSize).Select(block =>
        {
            string key = string.Join(',', block);
            if (!known.TryGetValue(key, out byte number))
            {
                known[key] = number = checked((byte)known.Count);
                blocks.AddRange(block);
            }

            return number;
        })];
        return (index, [.. blocks]);
    }

    private static void WriteSection<T>(BinaryWriter writer, T[] items, int size, Action<T> write)
    {
        writer.Write(items.Length * size);
        Array.ForEach(items, write);
    }
}
