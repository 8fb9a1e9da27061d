// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Text.Tests.Plain;
using BertManaged.Text.Tests.Unicode;

namespace BertManaged.Text.Tests.Goldens;

public class GoldenOffsetTests
{
    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Tokenize_EveryGoldenLine_HasTokensThatAreTheTextBetweenTheirOffsets(string name)
    {
        GoldenModel model = GoldenModel.Named(name);
        BertTokenizer tokenizer = model.LoadTokenizer();
        Offsets offsets = Offsets.By(new PlainTokenizer(UnicodeData.Read(), [], model.LowerCase));
        int shared = 0;
        int tokenCount = 0;
        foreach (JsonElement row in GoldenFile.Rows("goldens/tokenization/google.jsonl.gz")
            .Concat(GoldenFile.Rows("goldens/google/tokenization-extra/strings.jsonl.gz")))
        {
            string text = row.Text("text");
            IReadOnlyList<Token> tokens = tokenizer.Tokenize(text);
            shared += offsets.Check(text, tokens);
            tokenCount += tokens.Count;
            Assert.All(tokens.Where(token => token.Text == "[UNK]"), token => AssertIsUnknownWord(tokenizer, text, token));
        }

        Assert.True(tokenCount > 100_000);

        // Without decomposition no character is ever parted.
        Assert.True(model.LowerCase || shared == 0);
    }

    private static void AssertIsUnknownWord(BertTokenizer tokenizer, string text, Token token) =>
        Assert.Equal("[UNK]", Assert.Single(tokenizer.Tokenize(text[token.Start..token.End])).Text);
}
