// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Text.Tests.Plain;

/// <summary>Strings in which all that the tokenizer treats apart meets: repeatable, by seed.</summary>
internal sealed class RandomText(int seed)
{
    // Classes of characters, the frequent ones several times.
    private static readonly string[] Alphabets =
    [
        "abcdefghij", "abcdefghij", "ABCDEFxyz012", "ABCDEFxyz012", "  ", " \t\n\r\u00A0\u3000\u2028", ".,!?'\"#$+<=>[]^_`|~-:",
        "\0\u0001\v\f\u007F\u0085\u00AD\u200B\u200D\uFEFF\uFFFD\u061C", "éÉñÅøßİıſǅﬁ", "\u0301\u0308\u0316\u0323\u034F\u0345\u0344\u0340",
        "ΣΣσςΑαΟ·'.", "\u302E\u302F\u1B44\uA953\u1715\u0BC6\u0BD7\u0CC0\u0DDD", "가각힣한글가", "中文\uF900\uFA0E豈漢字", "\u2260\u226E\u037E\u0387\u1FEF\u2ADC",
        "“”‘’—…«»。、", "жЖйЁѐ", "कि\u0931ंก\u0E33ิ", "אב\u05BCיִשׁ\uFB1D", "€°²½ªº™",
    ];

    private static readonly string[] Astral =
        ["\U0001F600", "\U0001D15E", "\U0001D165", "\U0001D16D", "\U000111C0", "\U0001109A", "\U00010400", "\U00020000", "\U0002F800", "\U0002B920", "\U000E0001"];

    private readonly Random _random = new(seed);

    /// <summary>A text of up to a number of pieces.</summary>
    public string Next(int maxLength)
    {
        StringBuilder text = new();
        string alphabet = Alphabets[0];
        for (int left = _random.Next(maxLength + 1); left > 0; left--)
        {
            // Runs of one alphabet make words that the vocabulary can know.
            alphabet = _random.Next(3) == 0 ? Alphabets[_random.Next(Alphabets.Length)] : alphabet;
            _ = _random.Next(40) switch
            {
                0 => text.Append(Astral[_random.Next(Astral.Length)]),
                1 => text.Append((char)_random.Next(0x10000)),
                2 => text.Append((char)_random.Next(0xD800, 0xE000)),
                3 => text.Append('a', _random.Next(20)),
                4 => text.Append(char.ConvertFromUtf32(_random.Next(0x10000, 0x110000))),
                _ => text.Append(alphabet[_random.Next(alphabet.Length)]),
            };
        }

        return text.ToString();
    }
}
