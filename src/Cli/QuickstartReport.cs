// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>How <c>bert quickstart</c> tells what it did.</summary>
internal static class QuickstartReport
{
    private const int Width = 100;

    /// <summary>What is about to be done, in one sentence.</summary>
    public static void WriteTask(TextWriter output) => output.WriteLine(
        "Who wrote this passage: Burnett, Eliot or Stevenson? A small BERT learns it from nothing, "
        + "and is asked about other books of theirs.");

    /// <summary>Accuracies, a few predictions, files, and what to try next.</summary>
    public static void Write(TextWriter output, QuickstartResult result, QuickstartOptions options)
    {
        WriteAccuracies(output, result);
        output.WriteLine();
        string table = Path.Combine(options.ModelDir, "predictions.tsv");
        output.WriteLine($"{result.Predictions.Count} of the {result.TestPassages} passages (all of them: {table})");
        foreach (QuickstartPrediction prediction in result.Predictions)
        {
            WritePrediction(output, prediction);
        }

        output.WriteLine();
        output.WriteLine("Files");
        foreach (string file in result.Files)
        {
            output.WriteLine($"  {file}");
        }

        WriteNext(output, options);
    }

    /// <summary>The same for programs.</summary>
    public static void Write(Utf8JsonWriter json, QuickstartResult result)
    {
        json.WriteStartObject();
        json.WriteStartObject("accuracy");
        json.WriteNumber("model", result.ModelAccuracy ?? double.NaN);
        json.WriteNumber("naive_bayes", result.NaiveBayesAccuracy);
        json.WriteNumber("majority", result.MajorityAccuracy);
        json.WriteEndObject();
        json.WriteNumber("training_passages", result.TrainingPassages);
        json.WriteNumber("test_passages", result.TestPassages);
        json.WriteNumber("trained_steps", result.Run.TrainedSteps);
        json.WriteStartArray("predictions");
        foreach (QuickstartPrediction prediction in result.Predictions)
        {
            WritePrediction(json, prediction);
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (string file in result.Files)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The command line that does what the quickstart did.</summary>
    public static IReadOnlyList<string> SameByHand(QuickstartOptions options)
    {
        ClassifyOptions classify = options.ToClassifyOptions();
        return
        [
            $"bert classify --task_name={classify.TaskName} --label_column={classify.LabelColumn} --do_train --do_eval --do_predict",
            $"--data_dir={classify.DataDir} --vocab_file={classify.VocabFile} --bert_config_file={classify.BertConfigFile}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"--max_seq_length={classify.MaxSeqLength} --train_batch_size={classify.TrainBatchSize} "
                + $"--learning_rate={classify.LearningRate} --num_train_epochs={classify.NumTrainEpochs} --seed={classify.Seed}"),
            $"--output_dir={options.OutputDir}/by-hand",
        ];
    }

    private static void WriteAccuracies(TextWriter output, QuickstartResult result)
    {
        var table = new TextTable($"right of {result.TestPassages} passages from other books", "accuracy>");
        table.Add("BERT, its last weights", Percent(result.ModelAccuracy ?? 0));
        table.Add("counted words (naive Bayes)", Percent(result.NaiveBayesAccuracy));
        table.Add("always the same author", Percent(result.MajorityAccuracy));
        output.WriteLine();
        table.Write(output);
    }

    private static void WritePrediction(TextWriter output, QuickstartPrediction prediction)
    {
        string probabilities = string.Join(", ", prediction.Probabilities.Select(p => $"{p.Key} {Percent(p.Value)}"));
        string verdict = prediction.Predicted == prediction.Author ? "right" : "wrong";
        output.WriteLine();
        foreach (string line in Wrapped(prediction.Text))
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine($"    {prediction.Author} wrote it; the model says {prediction.Predicted}: {verdict}  ({probabilities})");
    }

    private static void WritePrediction(Utf8JsonWriter json, QuickstartPrediction prediction)
    {
        json.WriteStartObject();
        json.WriteString("text", prediction.Text);
        json.WriteString("label", prediction.Author);
        json.WriteString("predicted", prediction.Predicted);
        json.WriteStartObject("probabilities");
        foreach ((string author, double probability) in prediction.Probabilities)
        {
            json.WriteNumber(author, probability);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNext(TextWriter output, QuickstartOptions options)
    {
        string weights = Path.Combine(options.ModelDir, "model.safetensors");
        string[] commands =
        [
            "",
            "Next (in a clone: dotnet run -c Release --project src/Cli -- in place of bert)",
            $"  bert inspect weights {weights}",
            $"  bert inspect forward {options.ModelDir} --text \"It was a dark night.\" --output forward.safetensors",
            "  bert gradcheck",
            "  bert classify --task_name=MRPC --do_train=true --do_eval=true --data_dir=$GLUE_DIR/MRPC --model=$MODEL --output_dir=mrpc",
            "    ($MODEL: a BERT of Hugging Face as a folder, or one of Google's as a .zip)",
            "",
            "What this run was, as a run of the main job",
            .. SameByHand(options).Select((part, i) => i == 0 ? $"  {part}" : $"    {part}"),
        ];
        foreach (string line in commands)
        {
            output.WriteLine(line);
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1} %");

    private static IEnumerable<string> Wrapped(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
