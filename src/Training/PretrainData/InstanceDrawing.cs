// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Makes all examples of some documents in the order of a file.</summary>
/// <remarks>create_training_instances of create_pretraining_data.py (google-research/bert, eedf571) from where it shuffles the documents
/// on: one stream drives everything, one draw after another.</remarks>
/// <param name="vocabulary">Special tokens and replacements.</param>
/// <param name="options">Lengths and probabilities.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class InstanceDrawing(
    PretrainingVocabulary vocabulary, PretrainDataOptions options, CancellationToken cancellation)
{
    /// <summary>Draws them.</summary>
    /// <param name="documents">Left in another order.</param>
    /// <param name="copies">How often each document is used.</param>
    /// <param name="random">The stream.</param>
    public DrawnExamples Draw(Document[] documents, int copies, PythonRandom random)
    {
        random.Shuffle(documents.AsSpan());
        InstanceList instances = new(options.MaxPredictionsPerSeq);
        IEnumerable<SegmentPair> pairs = Pairs(new PairDrawing(documents, options, random), documents.Length, copies);
        if (options.Jobs > 1 && MaskDrawing.CanSkip(options))
        {
            new DeferredMasks(documents, vocabulary, options, random).Draw(pairs, instances);
        }
        else
        {
            DrawInOne(pairs, new MaskDrawing(documents, vocabulary, options, random), instances);
        }

        int[] order = [.. Enumerable.Range(0, instances.Count)];
        random.Shuffle(order.AsSpan());
        return new DrawnExamples(documents, instances, order, vocabulary, options);
    }

    private IEnumerable<SegmentPair> Pairs(PairDrawing drawing, int documents, int copies)
    {
        for (int copy = 0; copy < copies; copy++)
        {
            for (int document = 0; document < documents; document++)
            {
                foreach (SegmentPair pair in drawing.PairsOf(document))
                {
                    cancellation.ThrowIfCancellationRequested();
                    yield return pair;
                }
            }
        }
    }

    private static void DrawInOne(IEnumerable<SegmentPair> pairs, MaskDrawing masks, InstanceList instances)
    {
        foreach (SegmentPair pair in pairs)
        {
            instances.Add(pair, masks.Draw(pair));
        }
    }
}
