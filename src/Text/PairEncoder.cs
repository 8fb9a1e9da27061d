// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Text;

/// <summary>Makes the input of a model out of one text or two: [CLS] A [SEP], or [CLS] A [SEP] B [SEP], cut to a length.
/// Safe for use by many threads at once.</summary>
/// <remarks>convert_single_example and _truncate_seq_pair of google-research/bert run_classifier.py (eedf571), without the padding.
/// </remarks>
public sealed class PairEncoder
{
    private const int SpecialTokensOfOne = 2;
    private const int SpecialTokensOfTwo = 3;

    private readonly BertTokenizer _tokenizer;
    private readonly int _classId;
    private readonly int _separatorId;

    /// <summary>Looks up the special tokens.</summary>
    /// <param name="tokenizer">Tokenizer of the model.</param>
    /// <param name="maxSequenceLength">Most tokens of an encoding, [CLS] and [SEP] included; at least 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxSequenceLength"/> is below 3.</exception>
    /// <exception cref="VocabularyException">The vocabulary lacks [CLS] or [SEP].</exception>
    public PairEncoder(BertTokenizer tokenizer, int maxSequenceLength)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (maxSequenceLength < SpecialTokensOfTwo)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxSequenceLength),
                $"The sequence length must be at least {SpecialTokensOfTwo}, to hold [CLS], a token and [SEP], but is {maxSequenceLength}.");
        }

        _tokenizer = tokenizer;
        MaxSequenceLength = maxSequenceLength;
        _classId = tokenizer.Vocabulary.IdOf("[CLS]");
        _separatorId = tokenizer.Vocabulary.IdOf("[SEP]");
    }

    /// <summary>Most tokens of an encoding, [CLS] and [SEP] included.</summary>
    public int MaxSequenceLength { get; }

    /// <summary>Tokenizes and encodes a text, or a pair of texts.</summary>
    /// <param name="textA">The first text.</param>
    /// <param name="textB">The second text. Where it is null, empty or has no tokens, the first stands alone.</param>
    /// <exception cref="VocabularyException">A word is unknown and the vocabulary has no [UNK].</exception>
    public SequenceEncoding Encode(string textA, string? textB)
    {
        ArgumentNullException.ThrowIfNull(textA);
        List<int> idsA = new(textA.Length / 3);
        List<int> idsB = [];
        _tokenizer.Encode(textA, idsA);
        _tokenizer.Encode(textB, idsB);
        return Encode(CollectionsMarshal.AsSpan(idsA), CollectionsMarshal.AsSpan(idsB));
    }

    /// <summary>Encodes texts that are tokenized already. If they are too long together, the longer one loses its last token until
    /// they fit, the second one where both are as long.</summary>
    /// <param name="idsA">Ids of the first text, without special tokens.</param>
    /// <param name="idsB">Ids of the second text; empty if there is none.</param>
    public SequenceEncoding Encode(ReadOnlySpan<int> idsA, ReadOnlySpan<int> idsB)
    {
        if (idsB.IsEmpty)
        {
            return Join(idsA[..Math.Min(idsA.Length, MaxSequenceLength - SpecialTokensOfOne)], idsB);
        }

        (int lengthA, int lengthB) = Cut(idsA.Length, idsB.Length, MaxSequenceLength - SpecialTokensOfTwo);
        return Join(idsA[..lengthA], idsB[..lengthB]);
    }

    // The outcome of dropping one token after the other: each text keeps what fits beside the other, or its half if that is more.
    // Of an odd number the first has the larger half.
    private static (int LengthA, int LengthB) Cut(int lengthA, int lengthB, int available)
    {
        if (lengthA + lengthB <= available)
        {
            return (lengthA, lengthB);
        }

        int keptA = Math.Min(lengthA, Math.Max(available - lengthB, available - (available / 2)));
        return (keptA, available - keptA);
    }

    // A second text of which nothing is left has no [SEP], as in Google's code.
    private SequenceEncoding Join(ReadOnlySpan<int> idsA, ReadOnlySpan<int> idsB)
    {
        int firstLength = idsA.Length + SpecialTokensOfOne;
        int length = firstLength + (idsB.IsEmpty ? 0 : idsB.Length + 1);
        int[] inputIds = new int[length];
        inputIds[0] = _classId;
        idsA.CopyTo(inputIds.AsSpan(1));
        inputIds[firstLength - 1] = _separatorId;
        idsB.CopyTo(inputIds.AsSpan(firstLength));
        inputIds[^1] = _separatorId;

        int[] tokenTypeIds = new int[length];
        tokenTypeIds.AsSpan(firstLength).Fill(1);
        return new SequenceEncoding(inputIds, tokenTypeIds);
    }
}
