// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A text between two blank lines: its word pieces as ids, and where its sentences (its lines) begin.</summary>
/// <param name="number">Which document of the text it is, from 0; copies of one have the same.</param>
/// <param name="ids">Ids of all its tokens, one sentence after another.</param>
/// <param name="sentenceStarts">Where each sentence begins among the ids, and where the last one ends.</param>
internal sealed class Document(long number, int[] ids, int[] sentenceStarts)
{
    /// <summary>Which document of the text it is.</summary>
    public long Number => number;

    /// <summary>Ids of all its tokens.</summary>
    public ReadOnlySpan<int> Ids => ids;

    /// <summary>Where each sentence begins; one more than there are sentences. No sentence is empty.</summary>
    public ReadOnlySpan<int> SentenceStarts => sentenceStarts;

    /// <summary>Number of sentences, at least 1.</summary>
    public int SentenceCount => sentenceStarts.Length - 1;

    /// <summary>The tokens of some sentences.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="end">The one behind the last.</param>
    public (int Start, int Length) Sentences(int first, int end) =>
        (sentenceStarts[first], sentenceStarts[end] - sentenceStarts[first]);
}
