// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>From text files to TFRecord files with examples for masked LM and next-sentence prediction.</summary>
/// <remarks>create_pretraining_data.py (google-research/bert, eedf571): the same examples, every feature, in the same order, for the same
/// text, vocabulary and seed.</remarks>
/// <param name="options">What is asked for.</param>
/// <param name="log">Where it says what it does, in Google's words where Google has them.</param>
public sealed class PretrainDataWriter(PretrainDataOptions options, Action<string> log)
{
    /// <summary>Makes the examples and writes the files: all of them, or none.</summary>
    /// <exception cref="OptionsException">An option cannot work; nothing is written.</exception>
    /// <exception cref="VocabularyException">The vocabulary is broken or lacks [CLS], [SEP], [MASK], or, where it is needed,
    /// [UNK].</exception>
    /// <exception cref="TextDataException">The text is empty or not UTF-8.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public PretrainDataResult Run(CancellationToken cancellation)
    {
        PretrainDataChecks.Numbers(options);
        IReadOnlyList<string> inputs = InputFiles.Expand(options.InputFile, "--input_file");
        IReadOnlyList<string> outputs = PretrainDataChecks.Outputs(options, inputs);
        Vocabulary vocabulary = ModelFiles.ReadVocabulary(options.VocabFile);
        using IExampleSource text = Open(inputs, outputs, vocabulary, cancellation);
        LogFiles("*** Reading from input files ***", inputs);
        text.Read();
        RequireText(text, inputs);

        LogFiles("*** Writing to output files ***", outputs);
        LogFirst(text, vocabulary);
        using ExampleFiles files = new(outputs);
        text.WriteTo(files);
        files.Commit();
        PretrainDataResult result = new() { Files = files.Counts, Documents = text.Documents, Tokens = text.Tokens };
        log($"Wrote {result.Examples} total instances");
        return result;
    }

    private IExampleSource Open(
        IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, Vocabulary vocabulary, CancellationToken cancellation) =>
        options.Streaming
            ? new StreamedText(inputs, vocabulary, options, PretrainDataChecks.TempDir(options, outputs), cancellation)
            : new WholeText(inputs, vocabulary, options, cancellation);

    private static void RequireText(IExampleSource text, IReadOnlyList<string> inputs)
    {
        if (text.Documents == 0)
        {
            throw new TextDataException(
                $"{inputs[0]}{(inputs.Count > 1 ? $" and {inputs.Count - 1} more" : "")}: expected lines of text, found not a single word");
        }
    }

    private void LogFirst(IExampleSource text, Vocabulary vocabulary)
    {
        if (options.LogExamples)
        {
            ExampleLog examplesLog = new(vocabulary, log);
            foreach (ExampleFeatures example in text.First(ExampleLog.Count))
            {
                examplesLog.Show(example);
            }
        }
    }

    private void LogFiles(string heading, IReadOnlyList<string> files)
    {
        log(heading);
        foreach (string file in files)
        {
            log($"  {file}");
        }
    }
}
