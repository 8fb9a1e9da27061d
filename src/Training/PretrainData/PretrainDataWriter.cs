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
    /// <exception cref="VocabularyException">The vocabulary is broken or lacks [CLS], [SEP], [MASK], or [UNK] where it is needed.</exception>
    /// <exception cref="TextDataException">The text is empty or not UTF-8.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public PretrainDataResult Run(CancellationToken cancellation)
    {
        PretrainDataChecks.Numbers(options);
        IReadOnlyList<string> inputs = InputFiles.Expand(options.InputFile, "--input_file");
        IReadOnlyList<string> outputs = PretrainDataChecks.Outputs(options, inputs);
        Vocabulary vocabulary = ModelFiles.ReadVocabulary(options.VocabFile);
        PretrainingVocabulary special = new(vocabulary);
        LogFiles("*** Reading from input files ***", inputs);

        List<Document> documents = [];
        DocumentReading.Read(inputs, new BertTokenizer(vocabulary, options.DoLowerCase), options.Jobs, documents.Add, cancellation);
        RequireText(documents.Count, inputs);
        DrawnExamples examples =
            InstanceDrawing.Draw([.. documents], special, options, new PythonRandom(options.RandomSeed), cancellation);

        LogFiles("*** Writing to output files ***", outputs);
        LogFirst(examples, vocabulary);
        using ExampleFiles files = new(outputs);
        Write(examples, files, cancellation);
        log($"Wrote {examples.Count} total instances");
        return new PretrainDataResult
        {
            Files = files.Counts,
            Documents = documents.Count,
            Tokens = documents.Sum(document => (long)document.Ids.Length),
        };
    }

    private void Write(DrawnExamples examples, ExampleFiles files, CancellationToken cancellation)
    {
        IEnumerable<int> starts = Enumerable.Range(0, (examples.Count + RecordBatch.UsualCount - 1) / RecordBatch.UsualCount);
        new OrderedWork<int, RecordBatch>(starts, Encode, files.Write).Run(options.Jobs);
        files.Commit();

        RecordBatch Encode(int index)
        {
            cancellation.ThrowIfCancellationRequested();
            RecordBatch batch = files.NewBatch();
            int start = index * RecordBatch.UsualCount;
            examples.Encode(start, Math.Min(examples.Count, start + RecordBatch.UsualCount), batch);
            return batch;
        }
    }

    private static void RequireText(long documents, IReadOnlyList<string> inputs)
    {
        if (documents == 0)
        {
            throw new TextDataException(
                $"{inputs[0]}{(inputs.Count > 1 ? $" and {inputs.Count - 1} more" : "")}: expected lines of text, found none with a single word");
        }
    }

    private void LogFirst(DrawnExamples examples, Vocabulary vocabulary)
    {
        if (options.LogExamples)
        {
            ExampleLog examplesLog = new(vocabulary, log);
            foreach (ExampleFeatures example in examples.First(ExampleLog.Count))
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
