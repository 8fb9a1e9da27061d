// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Training;

/// <summary>Masks that are drawn apart from the pairs, so that several threads can: how many words of the stream the masks of an example
/// take can be told in a third of the time, without drawing them. So one thread at a time draws pairs and steps over their masks, and
/// keeps a copy of the words; from these any thread draws the masks. The examples are the same.</summary>
/// <param name="documents">All documents.</param>
/// <param name="vocabulary">Special tokens and replacements.</param>
/// <param name="options">Lengths and probabilities; no whole words.</param>
/// <param name="random">The stream.</param>
internal sealed class DeferredMasks(
    IReadOnlyList<Document> documents, PretrainingVocabulary vocabulary, PretrainDataOptions options, PythonRandom random)
{
    private const int PairsOfBatch = 512;

    /// <summary>Draws pairs and their masks.</summary>
    /// <param name="pairs">Draws from the stream as it is gone through.</param>
    /// <param name="instances">Gets the examples, in order.</param>
    public void Draw(IEnumerable<SegmentPair> pairs, InstanceList instances) =>
        new OrderedWork<PairBatch, MaskedBatch>(Batches(pairs), DrawMasks, batch => batch.MoveTo(instances)).Run(options.Jobs);

    private IEnumerable<PairBatch> Batches(IEnumerable<SegmentPair> pairs)
    {
        MaskDrawing masks = new(documents, vocabulary, options, random);
        PairBatch batch = new([], []);
        foreach (SegmentPair pair in pairs)
        {
            batch.Pairs.Add(pair);
            random.StartRecording(batch.Words);
            masks.Skip(pair);
            random.StopRecording();
            if (batch.Pairs.Count == PairsOfBatch)
            {
                yield return batch;
                batch = new([], []);
            }
        }

        yield return batch;
    }

    private MaskedBatch DrawMasks(PairBatch batch)
    {
        MaskDrawing masks = new(documents, vocabulary, options, PythonRandom.FromWords([.. batch.Words]));
        MaskedBatch result = new(batch.Pairs);
        foreach (SegmentPair pair in batch.Pairs)
        {
            result.Add(masks.Draw(pair));
        }

        return result;
    }

    /// <summary>Pairs whose masks are not drawn yet.</summary>
    /// <param name="Pairs">One after another.</param>
    /// <param name="Words">What their masks are drawn from.</param>
    private sealed record PairBatch(List<SegmentPair> Pairs, List<uint> Words);

    /// <summary>Pairs with their masked tokens.</summary>
    private sealed class MaskedBatch(List<SegmentPair> pairs)
    {
        private readonly List<MaskedToken> _masked = [];
        private readonly List<int> _ends = [];

        public void Add(ReadOnlySpan<MaskedToken> masked)
        {
            _masked.AddRange(masked);
            _ends.Add(_masked.Count);
        }

        public void MoveTo(InstanceList instances)
        {
            int start = 0;
            for (int i = 0; i < pairs.Count; i++)
            {
                instances.Add(pairs[i], CollectionsMarshal.AsSpan(_masked)[start.._ends[i]]);
                start = _ends[i];
            }
        }
    }
}
