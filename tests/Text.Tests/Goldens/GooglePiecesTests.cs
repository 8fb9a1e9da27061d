// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using BertManaged.Text.WordPieces;

namespace BertManaged.Text.Tests.Goldens;

public class GooglePiecesTests
{
    [Theory]
    [InlineData("max200", 200)]
    [InlineData("max5", 5)]
    public void Add_EveryWordOfTheGoldens_GivesGooglesPieces(string field, int maxInputCharsPerWord)
    {
        JsonElement golden = GoldenFile.Object("goldens/google/tokenization-extra/wordpiece.json");
        Vocabulary vocabulary = Vocabulary.Parse(Encoding.UTF8.GetBytes(string.Join('\n', golden.Strings("vocab"))), "wordpiece.json");
        WordPieceMatcher matcher = new(vocabulary, maxInputCharsPerWord);
        int cases = 0;
        foreach (JsonElement row in golden.GetProperty("cases").EnumerateArray())
        {
            List<Token> tokens = [];
            TokenSink sink = new(vocabulary, tokens);
            foreach (string word in row.Text("text").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                matcher.Add(new AsciiWord(word, 0, word.Length, caseBit: 0), ref sink);
            }

            Assert.Equal(row.Strings(field), tokens.Select(token => token.Text));
            cases++;
        }

        Assert.True(cases > 5);
    }
}
