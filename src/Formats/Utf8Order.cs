// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Orders strings as their UTF-8 bytes: by code point. UTF-16 order differs where surrogates meet U+E000–U+FFFF.</summary>
internal static class Utf8Order
{
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    public static int Compare(string x, string y)
    {
        int common = x.AsSpan().CommonPrefixLength(y);
        if (common == x.Length || common == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }

        return Rank(x[common]).CompareTo(Rank(y[common]));
    }

    // Code units above the surrogates move below them, so that surrogates (code points from U+10000) come last.
    private static int Rank(char c) => c >= '\uE000' ? c - 0x800 : char.IsSurrogate(c) ? c + 0x2000 : c;
}
