// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Peers;

/// <summary>How long the training pairs of MRPC are: word pieces of both sentences, [CLS] and two [SEP], cut to 128.</summary>
internal static class MrpcLengths
{
    private const int Longest = 128;

    /// <summary>Writes a length a line, in the order of the file.</summary>
    public static int Run(PeerOptions options)
    {
        int[] lengths = Read(options.Required("mrpc"), options.Required("vocab"));
        File.WriteAllLines(options.Required("output"), lengths.Select(length => length.ToString()));
        Console.Out.WriteLine(
            FormattableString.Invariant($"{lengths.Length} pairs, {lengths.Average():F1} tokens on average, {lengths.Max()} at most"));
        return 0;
    }

    private static int[] Read(string folder, string vocabulary)
    {
        var encoder = new PairEncoder(new BertTokenizer(Vocabulary.Load(vocabulary), lowerCase: true), Longest);
        IReadOnlyList<InputExample> examples = ClassificationTask.Find("mrpc").ReadTrain(folder);
        return [.. examples.Select(example => encoder.Encode(example.TextA, example.TextB).InputIds.Length)];
    }
}
