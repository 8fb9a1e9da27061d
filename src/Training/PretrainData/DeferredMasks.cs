// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;

namespace BertManaged.Training;

/// <summary>Masks that are drawn apart from the pairs, so that several threads can: how many words of the stream the masks of an example
/// take can be told in less time than drawing them takes. So one thread at a time draws pairs and steps over their masks, and keeps a
/// copy of the words; from these any thread draws the masks. The examples are the same.</summary>
/// <param name="documents">All documents.</param>
/// <param name="vocabulary">Special tokens and replacements.</param>
/// <param name="options">Lengths and probabilities; no whole words.</param>
/// <param name="random">The stream.</param>
internal sealed class DeferredMasks(
    Document[] documents, PretrainingVocabulary vocabulary, PretrainDataOptions options, PythonRandom random)
{
    private readonly ConcurrentBag<PairBatch> _unused = [];

    /// <summary>Draws pairs and their masks.</summary>
    /// <param name="pairs">Draws from the stream as it is gone through.</param>
    /// <param name="instances">Gets the examples, in order.</param>
    public void Draw(IEnumerable<SegmentPair> pairs, InstanceList instances)
    {
        new OrderedWork<PairBatch, PairBatch>(Batches(pairs), DrawMasks, Take).Run(options.Jobs);

        void Take(PairBatch batch)
        {
            batch.MoveTo(instances);
            _unused.Add(batch);
        }
    }

    private IEnumerable<PairBatch> Batches(IEnumerable<SegmentPair> pairs)
    {
        MaskDrawing masks = new(documents, vocabulary, options, random);
        PairBatch batch = NewBatch();
        foreach (SegmentPair pair in pairs)
        {
            batch.Add(pair, random, masks);
            if (batch.IsFull)
            {
                yield return batch;
                batch = NewBatch();
            }
        }

        yield return batch;
    }

    private PairBatch NewBatch() =>
        _unused.TryTake(out PairBatch? batch) ? batch : new PairBatch(documents, vocabulary, options);

    private static PairBatch DrawMasks(PairBatch batch)
    {
        batch.DrawMasks();
        return batch;
    }
}
