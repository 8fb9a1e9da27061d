// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Makes all examples of some documents in the order of a file.</summary>
/// <remarks>create_training_instances of create_pretraining_data.py (google-research/bert, eedf571) from where it shuffles the documents
/// on: one stream drives everything, one draw after another.</remarks>
internal static class InstanceDrawing
{
    /// <summary>Draws them.</summary>
    /// <param name="documents">Left in another order.</param>
    /// <param name="vocabulary">Special tokens and replacements.</param>
    /// <param name="options">Lengths and probabilities.</param>
    /// <param name="copies">How often each document is used.</param>
    /// <param name="random">The stream.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static DrawnExamples Draw(
        Document[] documents, PretrainingVocabulary vocabulary, PretrainDataOptions options, int copies, PythonRandom random,
        CancellationToken cancellation)
    {
        random.Shuffle(documents.AsSpan());
        PairDrawing pairs = new(documents, options, random);
        MaskDrawing masks = new(documents, vocabulary, options, random);
        InstanceList instances = new(options.MaxPredictionsPerSeq);
        for (int copy = 0; copy < copies; copy++)
        {
            for (int document = 0; document < documents.Length; document++)
            {
                foreach (SegmentPair pair in pairs.PairsOf(document))
                {
                    cancellation.ThrowIfCancellationRequested();
                    instances.Add(pair, masks.Draw(pair));
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, instances.Count)];
        random.Shuffle(order.AsSpan());
        return new DrawnExamples(documents, instances, order, vocabulary, options);
    }
}
