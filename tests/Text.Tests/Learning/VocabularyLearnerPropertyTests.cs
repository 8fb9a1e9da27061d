// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Text.Learning;
using BertManaged.Text.Tests.Plain;
using BertManaged.Text.Tests.Unicode;
using BertManaged.Text.Unicode;

namespace BertManaged.Text.Tests.Learning;

public class VocabularyLearnerPropertyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Learn_RandomTexts_AgreesWithThePlainLearner(bool lowerCase)
    {
        var plain = new PlainLearner(new PlainTokenizer(UnicodeData.Read(), [], lowerCase));
        var random = new Random(11);
        int learnt = 0;
        for (int i = 0; i < 150; i++)
        {
            string[] texts = Texts(seed: i, random);
            int maxWords = random.Next(4) == 0 ? random.Next(1, 12) : int.MaxValue;
            WordCounts counts = Learnt.Count(texts, lowerCase, maxWords);
            var recipe = new VocabularyRecipe
            {
                MinFrequency = random.Next(4),
                Surplus = random.Next(3) == 0 ? 0 : random.NextDouble(),
                LimitAlphabet = random.Next(3) == 0 ? random.Next(1, 20) : null,
            };
            var learner = new VocabularyLearner(counts, recipe);
            recipe = recipe with { VocabSize = learner.SpecialTokens + learner.AlphabetTokens + random.Next(60) };
            List<string> expected = plain.Learn(texts, recipe, maxWords);
            Assert.Equal(expected, new VocabularyLearner(counts, recipe).Learn(CancellationToken.None));
            learnt += expected.Count(token => token.Length > 3);
        }

        Assert.True(learnt > 1500, $"only {learnt} pieces were learnt: the texts test too little");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Learn_RandomTexts_LeavesNoWordUnknown(bool lowerCase)
    {
        string[] texts = [.. Enumerable.Range(0, 400).SelectMany(i => Texts(seed: 1000 + i, new Random(i)))];
        IReadOnlyList<string> tokens =
            new VocabularyLearner(Learnt.Count(texts, lowerCase, maxWords: 100), new VocabularyRecipe()).Learn(CancellationToken.None);
        Vocabulary vocabulary = Learnt.Reread(tokens);
        Assert.Equal(tokens, vocabulary.Tokens);
        Assert.Equal(tokens.Count, tokens.Distinct().Count());
        var tokenizer = new BertTokenizer(vocabulary, lowerCase);
        Assert.All(texts, text => Assert.DoesNotContain(tokenizer.Tokenize(text), token => token.Text == "[UNK]"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Alphabet_OfEveryCodePointWithinAWord_HasAContinuationForIt(bool lowerCase)
    {
        IEnumerable<string> texts = Enumerable.Range(0, UnicodeData.CodePointCount).Where(c => c is < 0xD800 or > 0xDFFF)
            .Select(c => $"a{char.ConvertFromUtf32(c)}b");
        WordCounts counts = Learnt.Count(texts, lowerCase);
        HashSet<int> continuations = [.. new Alphabet(counts, limit: null).Continuations];
        Assert.True(counts.Characters.Count > 1_000_000);
        Assert.DoesNotContain(
            counts.Words, word => CodePoints.Of(word.Key).Skip(1).Any(codePoint => !continuations.Contains(codePoint)));
    }

    [Fact]
    public void Count_InManyPassesAndManyTallies_IsTheCountOfOnePass()
    {
        string[] texts = [.. Enumerable.Range(0, 60).SelectMany(i => Texts(seed: i, new Random(i)))];
        WordCounts once = Learnt.Count(texts);
        foreach (int maxWords in new[] { 1, 7, 100 })
        {
            var counter = new WordCounter(lowerCase: true, maxWords);
            int passes = 0;
            WordCounts many = counter.Count(() =>
            {
                passes++;
                Parallel.ForEach(texts.Chunk(7).Reverse(), chunk =>
                {
                    WordTally tally = counter.NewTally();
                    Array.ForEach(chunk, text => tally.Add(text));
                    tally.Finish();
                });
            });
            Assert.True(passes > 1);
            Assert.Equal(
                (once.TotalWords, once.DistinctWords, once.OverlongWords), (many.TotalWords, many.DistinctWords, many.OverlongWords));
            Assert.Equal(once.Characters.Order(Character), many.Characters.Order(Character));
            Assert.Equal(MostFrequent(once, maxWords), MostFrequent(many, maxWords));
        }
    }

    private static Comparer<KeyValuePair<int, long>> Character { get; } =
        Comparer<KeyValuePair<int, long>>.Create((a, b) => a.Key.CompareTo(b.Key));

    private static IEnumerable<KeyValuePair<string, long>> MostFrequent(WordCounts counts, int count) =>
        counts.Words.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(count);

    // Few letters and repeated lines make ties and long pieces; one text in three is of all the scripts there are.
    private static string[] Texts(int seed, Random random)
    {
        var texts = new RandomText(seed);
        string letters = random.Next(2) == 0 ? "ab " : "abcd  Éé";
        return [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => random.Next(3) == 0
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(texts.Next(80)))
            : string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => letters[random.Next(letters.Length)])))];
    }
}
