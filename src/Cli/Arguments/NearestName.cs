// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>The name that takes the fewest insertions, deletions and replacements of characters; the first of several.</summary>
    public static string Of(string typed, IEnumerable<string> names) => names.MinBy(name => Distance(typed, name))!;

    /// <remarks>Levenshtein 1966, row by row.</remarks>
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
