// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>test_results.tsv of Google's run_classifier.</summary>
public static class TestResults
{
    /// <summary>Writes a line per example: its probabilities in the order of the labels (the predicted number of a
    /// regression), separated by tabs, without a header.</summary>
    /// <param name="writer">Where to write; lines end with "\n" on every system.</param>
    /// <param name="outputs">[N] rows of [labels] numbers.</param>
    public static void Write(TextWriter writer, IEnumerable<float[]> outputs)
    {
        foreach (float[] row in outputs)
        {
            writer.Write(string.Join('\t', row.Select(NumpyFloat.Format)));
            writer.Write('\n');
        }
    }
}
