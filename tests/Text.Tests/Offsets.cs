// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Tests.Plain;

namespace BertManaged.Text.Tests;

/// <summary>What has to hold for the offsets of any tokenized text.</summary>
/// <param name="words">The words of a text as an independent tokenizer sees them, joined.</param>
internal sealed class Offsets(Func<string, string> words)
{
    private readonly Dictionary<string, string> _normalized = [];

    /// <summary>Ranges are in order and in range; the text of a token, normalised, is the token; the text of tokens that overlap (they
    /// part a character) is these tokens; what no token covers is nothing but separators and deleted characters.</summary>
    /// <returns>Number of tokens that share a character with a neighbour.</returns>
    public int Check(string text, IReadOnlyList<Token> tokens)
    {
        int covered = 0;
        int shared = 0;
        for (int first = 0; first < tokens.Count;)
        {
            int last = first;
            while (last + 1 < tokens.Count && tokens[last + 1].Start < tokens[last].End)
            {
                Assert.True(tokens[last + 1].Start >= tokens[last].Start && tokens[last + 1].End >= tokens[last].End, text);
                last++;
            }

            Assert.InRange(tokens[first].Start, covered, tokens[first].End - 1);
            Assert.InRange(tokens[last].End, 1, text.Length);
            Assert.Equal("", Normalize(text[covered..tokens[first].Start]));
            string expected = string.Concat(tokens.Skip(first).Take(last - first + 1).Select(PieceText));
            string actual = Normalize(text[tokens[first].Start..tokens[last].End]);
            Assert.True(expected == actual || tokens[first].Text == "[UNK]", $"{expected} but the text is {actual} in {text}");
            Assert.True(actual.Length > 0);

            covered = tokens[last].End;
            shared += last > first ? last - first + 1 : 0;
            first = last + 1;
        }

        Assert.Equal("", Normalize(text[covered..]));
        return shared;
    }

    private static string PieceText(Token token) =>
        SameSigma(token.Text.Length > 2 && token.Text.StartsWith("##", StringComparison.Ordinal) ? token.Text[2..] : token.Text);

    private string Normalize(string part)
    {
        if (!_normalized.TryGetValue(part, out string? normalized))
        {
            _normalized[part] = normalized = SameSigma(words(part));
        }

        return normalized;
    }

    // Which sigma a capital one becomes depends on the whole word, not on the part that a token has.
    private static string SameSigma(string text) => text.Replace('ς', 'σ');

    /// <summary>The checks with the words of the plain tokenizer.</summary>
    public static Offsets By(PlainTokenizer tokenizer) => new(part => string.Concat(tokenizer.Words(part).Select(PlainText.ToString)));
}
