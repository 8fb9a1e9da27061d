// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Training;

/// <summary>The numbers of one example as a file has them, padded. Filled anew for each example.</summary>
/// <remarks>write_instance_to_example_files of create_pretraining_data.py (google-research/bert, eedf571).</remarks>
internal sealed class ExampleFeatures
{
    private readonly Document[] _documents;
    private readonly PretrainingVocabulary _vocabulary;

    /// <param name="documents">Where the texts are.</param>
    /// <param name="vocabulary">Ids of [CLS] and [SEP].</param>
    /// <param name="options">Lengths.</param>
    public ExampleFeatures(Document[] documents, PretrainingVocabulary vocabulary, PretrainDataOptions options)
    {
        (_documents, _vocabulary) = (documents, vocabulary);
        (InputIds, InputMask, SegmentIds) = (new int[options.MaxSeqLength], new int[options.MaxSeqLength], new int[options.MaxSeqLength]);
        MaskedLmPositions = new int[options.MaxPredictionsPerSeq];
        MaskedLmIds = new int[options.MaxPredictionsPerSeq];
        MaskedLmWeights = new float[options.MaxPredictionsPerSeq];
    }

    /// <summary>Tokens, masked ones replaced, then 0. [S]</summary>
    public int[] InputIds { get; }

    /// <summary>1 for tokens, 0 for padding. [S]</summary>
    public int[] InputMask { get; }

    /// <summary>0 up to the first [SEP], 1 up to the second, then 0. [S]</summary>
    public int[] SegmentIds { get; }

    /// <summary>Where the masked tokens are, ascending, then 0. [P]</summary>
    public int[] MaskedLmPositions { get; }

    /// <summary>What the masked tokens were, then 0. [P]</summary>
    public int[] MaskedLmIds { get; }

    /// <summary>1 for masked tokens, 0 for padding. [P]</summary>
    public float[] MaskedLmWeights { get; }

    /// <summary>1 where the second text does not follow the first. [1]</summary>
    public int[] NextSentenceLabels { get; } = new int[1];

    /// <summary>How many ids are tokens and not padding.</summary>
    public int TokenCount { get; private set; }

    /// <summary>Takes over an example.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(in SegmentPair pair, ReadOnlySpan<MaskedToken> masked)
    {
        TokenCount = pair.TokenCount;
        FillTokens(pair);
        InputMask.AsSpan(0, TokenCount).Fill(1);
        InputMask.AsSpan(TokenCount).Clear();
        SegmentIds.AsSpan(0, pair.StartOfB).Clear();
        SegmentIds.AsSpan(pair.StartOfB, pair.B.Length + 1).Fill(1);
        SegmentIds.AsSpan(TokenCount).Clear();
        FillMasked(masked);
        NextSentenceLabels[0] = pair.IsRandomNext ? 1 : 0;
    }

    private void FillTokens(in SegmentPair pair)
    {
        InputIds[0] = _vocabulary.ClassId;
        pair.A.Of(_documents).CopyTo(InputIds.AsSpan(SegmentPair.StartOfA));
        InputIds[pair.StartOfB - 1] = _vocabulary.SeparatorId;
        pair.B.Of(_documents).CopyTo(InputIds.AsSpan(pair.StartOfB));
        InputIds[TokenCount - 1] = _vocabulary.SeparatorId;
        InputIds.AsSpan(TokenCount).Clear();
    }

    private void FillMasked(ReadOnlySpan<MaskedToken> masked)
    {
        for (int i = 0; i < masked.Length; i++)
        {
            MaskedLmPositions[i] = masked[i].Position;
            MaskedLmIds[i] = InputIds[masked[i].Position];
            InputIds[masked[i].Position] = masked[i].Id;
        }

        MaskedLmPositions.AsSpan(masked.Length).Clear();
        MaskedLmIds.AsSpan(masked.Length).Clear();
        MaskedLmWeights.AsSpan(0, masked.Length).Fill(1);
        MaskedLmWeights.AsSpan(masked.Length).Clear();
    }
}
