// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Text.Tests.Unicode;

/// <summary>The character data of Unicode 14 as the tab-separated files of the shared folder give it.</summary>
internal sealed class UnicodeData
{
    public const int CodePointCount = 0x110000;

    private UnicodeData(string folder)
    {
        foreach (string[] row in Rows(folder, "category-ranges.tsv"))
        {
            Array.Fill(Category, row[2], Number(row[0]), Number(row[1]) - Number(row[0]) + 1);
        }

        Cased = Ranges(folder, "cased-ranges.tsv");
        CaseIgnorable = Ranges(folder, "case-ignorable-ranges.tsv");
        Lower = Mappings(folder, "lower.tsv");
        Decomposition = Mappings(folder, "nfd.tsv");
        CombiningClass = Rows(folder, "combining-class.tsv").ToDictionary(
            row => Number(row[0]), row => int.Parse(row[1], CultureInfo.InvariantCulture));
    }

    public string[] Category { get; } = new string[CodePointCount];

    public HashSet<int> Cased { get; }

    public HashSet<int> CaseIgnorable { get; }

    public Dictionary<int, int[]> Lower { get; }

    public Dictionary<int, int[]> Decomposition { get; }

    public Dictionary<int, int> CombiningClass { get; }

    /// <summary>The files of the shared folder, or a skipped test.</summary>
    public static UnicodeData Read() => new(SharedFolder.Path("data/unicode/ucd14"));

    private static HashSet<int> Ranges(string folder, string name) =>
        [.. Rows(folder, name).SelectMany(row => Enumerable.Range(Number(row[0]), Number(row[1]) - Number(row[0]) + 1))];

    private static Dictionary<int, int[]> Mappings(string folder, string name) =>
        Rows(folder, name).ToDictionary(row => Number(row[0]), row => row[1].Split(' ').Select(Number).ToArray());

    private static IEnumerable<string[]> Rows(string folder, string name) =>
        File.ReadLines(Path.Combine(folder, name)).Skip(1).Select(line => line.Split('\t'));

    private static int Number(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
