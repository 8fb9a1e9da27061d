// SPDX-License-Identifier: Apache-2.0
using System.Reflection;
using BertManaged.Text;
using Microsoft.ML.Tokenizers;

namespace BertManaged.Peers;

/// <summary>Microsoft.ML.Tokenizers on one thread: the lines of a text to ids, without special tokens.</summary>
internal static class TokenizersPeer
{
    public static int Run(PeerOptions options)
    {
        string vocabulary = options.Required("vocab");
        string[] lines = File.ReadAllLines(options.Required("text"));
        Microsoft.ML.Tokenizers.BertTokenizer peer = Microsoft.ML.Tokenizers.BertTokenizer.Create(
            vocabulary, new BertOptions { LowerCaseBeforeTokenization = true, RemoveNonSpacingMarks = true });
        var own = new BertManaged.Text.BertTokenizer(Vocabulary.Load(vocabulary), lowerCase: true);
        (int ownTokens, int differing, string? first) = Differences(lines, peer, own);

        var measurement = new PeerMeasurement($"Microsoft.ML.Tokenizers {Version(typeof(BertOptions))}");
        for (int step = 0; step < options.Number("steps", 8); step++)
        {
            measurement.Run(new PeerBatch([ownTokens], ownTokens), _ => 0, () =>
            {
                foreach (string line in lines)
                {
                    peer.EncodeToIds(line, addSpecialTokens: false);
                }
            });
        }

        if (first is not null)
        {
            Console.Error.WriteLine($"the first line with other ids: {first}");
        }

        measurement.Print(FormattableString.Invariant($"other ids than Google's tokenizer in {differing} of {lines.Length} lines"));
        return 0;
    }

    /// <summary>Tokens as Google's tokenizer counts them, and the lines that the peer gives other ids for.</summary>
    private static (int OwnTokens, int Differing, string? First) Differences(
        string[] lines, Microsoft.ML.Tokenizers.BertTokenizer peer, BertManaged.Text.BertTokenizer own)
    {
        (int tokens, int differing, string? first) = (0, 0, null);
        var ids = new List<int>();
        foreach (string line in lines)
        {
            ids.Clear();
            own.Encode(line, ids);
            tokens += ids.Count;
            if (!ids.SequenceEqual(peer.EncodeToIds(line, addSpecialTokens: false)))
            {
                differing++;
                first ??= line;
            }
        }

        return (tokens, differing, first);
    }

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
