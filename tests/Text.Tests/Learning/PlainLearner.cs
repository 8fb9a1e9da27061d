// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Learning;
using BertManaged.Text.Tests.Plain;

namespace BertManaged.Text.Tests.Learning;

/// <summary>The learner once more, sharing nothing with the one under test: pieces are strings, and every round counts all pairs
/// anew.</summary>
internal sealed class PlainLearner(PlainTokenizer tokenizer)
{
    private const string Prefix = "##";

    /// <summary>The vocabulary of some texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="recipe">What it should be like; without unused tokens.</param>
    /// <param name="maxWords">Most words to learn from.</param>
    public List<string> Learn(IEnumerable<string> texts, VocabularyRecipe recipe, int maxWords)
    {
        Dictionary<string, long> counts = Count(texts);
        HashSet<int> alphabet = [.. CharacterCounts(counts).OrderByDescending(c => c.Value).ThenBy(c => c.Key)
            .Take(recipe.LimitAlphabet ?? int.MaxValue).Select(c => c.Key)];
        List<string> vocabulary =
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. alphabet.Order().Select(char.ConvertFromUtf32),
            .. alphabet.Where(MayContinue).Order().Select(c => Prefix + char.ConvertFromUtf32(c)),
        ];
        List<(List<string> Pieces, long Count)> words = [.. counts
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(maxWords)
            .Where(word => PlainText.CodePoints(word.Key).All(alphabet.Contains))
            .Select(word => (Spell(word.Key), word.Value))];
        int untouchable = vocabulary.Count, surplus = (int)Math.Floor((recipe.VocabSize - untouchable) * recipe.Surplus);
        while (vocabulary.Count < recipe.VocabSize + surplus && Best(words, vocabulary, Math.Max(1, recipe.MinFrequency)) is { } pair)
        {
            string merged = pair.Left + pair.Right[Prefix.Length..];
            vocabulary.AddRange(vocabulary.Contains(merged) ? [] : [merged]);
            words.ForEach(word => Merge(word.Pieces, pair.Left, pair.Right, merged));
        }

        DropLeastUsed(vocabulary, untouchable, recipe.VocabSize, words.Select(word => (Join(word.Pieces), word.Count)));
        return vocabulary;
    }

    private static string Join(List<string> pieces) => pieces[0] + string.Concat(pieces.Skip(1).Select(piece => piece[Prefix.Length..]));

    private static void DropLeastUsed(List<string> vocabulary, int untouchable, int size, IEnumerable<(string Word, long Count)> words)
    {
        Dictionary<string, long> uses = vocabulary.ToDictionary(token => token, _ => 0L);
        foreach ((string word, long count) in words)
        {
            for (string rest = word; rest.Length > Prefix.Length || (rest == word && rest.Length > 0);)
            {
                string piece = vocabulary.Where(token => rest.StartsWith(token, StringComparison.Ordinal)).MaxBy(token => token.Length)!;
                uses[piece] += count;
                rest = Prefix + rest[piece.Length..];
            }
        }

        while (vocabulary.Count > size)
        {
            vocabulary.RemoveAt(Enumerable.Range(untouchable, vocabulary.Count - untouchable).Reverse().MinBy(id => uses[vocabulary[id]]));
        }
    }

    private Dictionary<string, long> Count(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, long>();
        foreach (int[] word in texts.SelectMany(tokenizer.Words).Where(word => word.Length <= 200))
        {
            string text = PlainText.ToString(word);
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        return counts;
    }

    private static Dictionary<int, long> CharacterCounts(Dictionary<string, long> words) => words
        .SelectMany(word => PlainText.CodePoints(word.Key).Select(c => (Character: c, Count: word.Value)))
        .GroupBy(pair => pair.Character).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Count));

    // A character that parts its neighbours never continues a word.
    private bool MayContinue(int c) => tokenizer.Words($"a{char.ConvertFromUtf32(c)}b").Count == 1;

    private static List<string> Spell(string word) =>
        [.. PlainText.CodePoints(word).Select((c, i) => (i == 0 ? "" : Prefix) + char.ConvertFromUtf32(c))];

    private static (string Left, string Right)? Best(
        List<(List<string> Pieces, long Count)> words, List<string> vocabulary, long minFrequency)
    {
        var pairs = new Dictionary<(string Left, string Right), long>();
        foreach ((List<string> pieces, long count) in words)
        {
            foreach ((string, string) pair in pieces.Zip(pieces.Skip(1)))
            {
                pairs[pair] = pairs.GetValueOrDefault(pair) + count;
            }
        }

        return pairs.Where(pair => pair.Value >= minFrequency).OrderByDescending(pair => pair.Value)
            .ThenBy(pair => vocabulary.IndexOf(pair.Key.Left)).ThenBy(pair => vocabulary.IndexOf(pair.Key.Right))
            .Select(pair => ((string, string)?)pair.Key).FirstOrDefault();
    }

    private static void Merge(List<string> pieces, string left, string right, string merged)
    {
        for (int i = 0; i + 1 < pieces.Count; i++)
        {
            if (pieces[i] == left && pieces[i + 1] == right)
            {
                pieces[i] = merged;
                pieces.RemoveAt(i + 1);
            }
        }
    }
}
