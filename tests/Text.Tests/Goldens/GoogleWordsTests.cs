// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Text.Words;

namespace BertManaged.Text.Tests.Goldens;

public class GoogleWordsTests
{
    [Theory]
    [InlineData("basic_lower", true)]
    [InlineData("basic_cased", false)]
    public void Read_EveryNastyString_GivesGooglesBasicTokens(string field, bool lowerCase)
    {
        foreach (JsonElement row in GoldenFile.Rows("goldens/google/tokenization-extra/strings.jsonl.gz"))
        {
            Assert.Equal(row.Strings(field), Words(row.Text("text"), lowerCase));
        }
    }

    [Theory]
    [InlineData("lower", true)]
    [InlineData("cased", false)]
    public void Read_EveryTrickyString_GivesGooglesBasicTokens(string field, bool lowerCase)
    {
        foreach (JsonElement row in GoldenFile.Object("goldens/small/tok_golden.json").GetProperty("cases").EnumerateArray())
        {
            Assert.Equal(row.Strings(field), Words(row.Text("in"), lowerCase));
        }
    }

    private static List<string> Words(string text, bool lowerCase)
    {
        WordReader reader = new(lowerCase, int.MaxValue);
        WordBuffer buffer = new();
        List<string> words = [];
        for (int position = 0; position < text.Length;)
        {
            position = reader.Read(text, position, buffer);
            if (!buffer.IsEmpty)
            {
                words.Add(buffer.Characters.ToString());
            }
        }

        return words;
    }
}
