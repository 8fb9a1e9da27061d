// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.PretrainData;

/// <summary>A text and a vocabulary of a few words.</summary>
internal static class SmallText
{
    public const string Text = "the film was good .\nthe music was not .\n\na dull story\nit was very very dull , the film\n";

    private static readonly string[] Tokens =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "a", "it", "film", "music", "story", "was", "very", "not", "good", "dull",
        "##ly", ".", ",",
    ];

    /// <summary>Writes text.txt and vocab.txt, and gives the flags that name them and out.tfrecord.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="flags">More flags; one that is given again counts.</param>
    public static string[] Arguments(TemporaryFolder folder, params string[] flags)
    {
        if (!File.Exists(folder.At("text.txt")))
        {
            folder.Write("text.txt", Text);
        }

        WriteVocabulary(folder);
        return
        [
            "pretrain-data", $"--input_file={folder.At("text.txt")}", $"--vocab_file={folder.At("vocab.txt")}",
            $"--output_file={folder.At("out.tfrecord")}", "--max_seq_length=16", .. flags,
        ];
    }

    /// <summary>Writes vocab.txt.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="without">A token to leave out.</param>
    public static void WriteVocabulary(TemporaryFolder folder, string? without = null)
    {
        if (without is not null || !File.Exists(folder.At("vocab.txt")))
        {
            folder.Write("vocab.txt", string.Concat(Tokens.Where(token => token != without).Select(token => token + "\n")));
        }
    }
}
