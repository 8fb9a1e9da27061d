// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Text.Tests;

/// <summary>Vocabularies that fit on a line.</summary>
internal static class Small
{
    /// <summary>The vocabulary of Google's own tokenization_test.py.</summary>
    public static Vocabulary Google { get; } =
        Vocabulary("[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing", ",");

    public static Vocabulary Vocabulary(params string[] tokens) =>
        Text.Vocabulary.Parse(Encoding.UTF8.GetBytes(string.Join('\n', tokens)), "small.txt");

    public static int[] Encode(this BertTokenizer tokenizer, string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids);
        return [.. ids];
    }
}
