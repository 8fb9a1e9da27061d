// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>predictions.tsv: what was predicted for each line of a test file, with the line beside it.</summary>
/// <remarks>A table for people and spreadsheets, where test_results.tsv is one for Google's scripts:
/// <code>row  predicted  [label]  probability:neg  probability:pos  text  [text_b]</code>
/// "row" is the line of the test file, "label" is there if the test file gives labels. A regression has no
/// probabilities. Tabs and line ends within a text become spaces, so that the file needs no quoting.</remarks>
public static class PredictionTable
{
    /// <summary>Writes the table with its header.</summary>
    /// <param name="writer">Where to write; lines end with "\n" on every system.</param>
    /// <param name="task">The task, with its labels settled.</param>
    /// <param name="examples">[N] test examples.</param>
    /// <param name="outputs">[N] rows of probabilities in the order of the labels, or of one number for a regression.</param>
    /// <exception cref="ArgumentException">There are not as many outputs as examples.</exception>
    public static void Write(
        TextWriter writer, ClassificationTask task, IReadOnlyList<InputExample> examples, IReadOnlyList<float[]> outputs)
    {
        if (examples.Count != outputs.Count)
        {
            throw new ArgumentException($"Expected an output for each of the {examples.Count} examples, but found {outputs.Count}.");
        }

        // Google's processors put a made-up label on every test example: the same one everywhere tells nothing.
        bool labels = examples.Any(e => e.Label is not null) && task is CsvTask;
        bool pairs = examples.Any(e => e.TextB is not null);
        WriteLine(writer, Header(task, labels, pairs));
        for (int i = 0; i < examples.Count; i++)
        {
            WriteLine(writer, Line(task, examples[i], outputs[i], labels, pairs));
        }
    }

    private static IEnumerable<string> Header(ClassificationTask task, bool labels, bool pairs) =>
    [
        "row",
        "predicted",
        .. labels ? ["label"] : Array.Empty<string>(),
        .. task.IsRegression ? [] : task.Labels.Select(label => $"probability:{label}"),
        "text",
        .. pairs ? ["text_b"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Line(ClassificationTask task, InputExample example, float[] output, bool labels, bool pairs) =>
    [
        example.Row.ToString(),
        task.IsRegression ? NumpyFloat.Format(output[0]) : task.Labels[Softmax.ArgMax(output)],
        .. labels ? [example.Label ?? ""] : Array.Empty<string>(),
        .. task.IsRegression ? [] : output.Select(NumpyFloat.Format),
        example.TextA,
        .. pairs ? [example.TextB ?? ""] : Array.Empty<string>(),
    ];

    private static void WriteLine(TextWriter writer, IEnumerable<string> cells)
    {
        writer.Write(string.Join('\t', cells.Select(OnOneLine)));
        writer.Write('\n');
    }

    private static string OnOneLine(string cell) => cell.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');
}
