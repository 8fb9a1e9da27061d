// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Examples that were drawn from documents, in the order in which they go to a file, not yet as the numbers that it has.</summary>
/// <param name="documents">What they were drawn from.</param>
/// <param name="instances">The examples.</param>
/// <param name="order">Their order.</param>
/// <param name="vocabulary">Ids of special tokens.</param>
/// <param name="options">Lengths.</param>
internal sealed class DrawnExamples(
    Document[] documents, InstanceList instances, int[] order, PretrainingVocabulary vocabulary, PretrainDataOptions options)
{
    /// <summary>How many there are.</summary>
    public int Count => order.Length;

    /// <summary>The numbers of the first examples, one after another in the same memory.</summary>
    public IEnumerable<ExampleFeatures> First(int count)
    {
        ExampleFeatures features = new(documents, vocabulary, options);
        foreach (int i in order.Take(count))
        {
            features.Fill(instances[i].Pair, instances.Masked(instances[i]));
            yield return features;
        }
    }

    /// <summary>The examples in batches of the usual size, by their places in the order.</summary>
    public IEnumerable<Range> Batches()
    {
        for (int start = 0; start < Count; start += RecordBatch.UsualCount)
        {
            yield return start..Math.Min(Count, start + RecordBatch.UsualCount);
        }
    }

    /// <summary>Appends some examples to a batch. Several threads may do so at once.</summary>
    /// <returns>The batch.</returns>
    public RecordBatch Encode(Range range, RecordBatch batch)
    {
        ExampleRecords records = new(new ExampleFeatures(documents, vocabulary, options));
        new InstanceLookup(instances, Math.Min(options.MaxPredictionsPerSeq, options.MaxSeqLength)).ForEach(
            order.AsSpan(range), (in pair, masked) => batch.Add(records.Encode(pair, masked)));
        return batch;
    }
}
