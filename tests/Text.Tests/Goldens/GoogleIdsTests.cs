// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Text.Tests.Goldens;

public class GoogleIdsTests
{
    private const int LineCount = 11154;

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Encode_EveryGoldenLine_GivesGooglesIds(string model)
    {
        BertTokenizer tokenizer = GoldenModel.Named(model).LoadTokenizer();
        List<int> ids = [];
        int lines = 0;
        foreach (JsonElement row in GoldenFile.Rows("goldens/tokenization/google.jsonl.gz"))
        {
            ids.Clear();
            tokenizer.Encode(row.Text("text"), ids);
            Assert.True(ids.SequenceEqual(row.Integers(model)), $"line {lines + 1}: {row.Text("text")}");
            lines++;
        }

        Assert.Equal(LineCount, lines);
    }

    [Theory]
    [MemberData(nameof(GoldenModel.Names), MemberType = typeof(GoldenModel))]
    public void Tokenize_EveryNastyString_GivesGooglesTokensAndIds(string model)
    {
        BertTokenizer tokenizer = GoldenModel.Named(model).LoadTokenizer();
        JsonElement[] rows = [.. GoldenFile.Rows("goldens/google/tokenization-extra/strings.jsonl.gz")];
        Assert.Equal(300, rows.Length);
        foreach (JsonElement row in rows)
        {
            IReadOnlyList<Token> tokens = tokenizer.Tokenize(row.Text("text"));
            Assert.Equal(row.Strings(model), tokens.Select(token => token.Text));
            Assert.Equal(row.Integers(model + "_ids"), tokens.Select(token => token.Id));
        }
    }
}
