// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>run_classifier.py end to end on four tasks: features exactly, numbers to 1e-5 and in its format.</summary>
public class GoogleClassifyTests
{
    private const string Folder = "goldens/google/classify/";
    private const string Zip = "goldens/google/checkpoint-tiny/uncased_L-3_H-20_A-4.zip";

    public static MatrixTheoryData<string, string> TasksAndSources =>
        new(["mrpc", "cola", "mnli", "xnli"], ["output_dir", "init_checkpoint"]);

    [Theory, MemberData(nameof(TasksAndSources))]
    public void EvaluationAndPrediction_OfTrainedCheckpoint_GiveGooglesNumbers(string task, string source)
    {
        using var output = new TemporaryFolder();
        string checkpoint = SharedFolder.Path($"{Folder}{task}/checkpoint");
        if (source == "output_dir")
        {
            foreach (string file in Directory.GetFiles(checkpoint))
            {
                File.Copy(file, output.File(Path.GetFileName(file)));
            }
        }

        using var backend = new CpuBackend(threads: 2);
        new Classifier(Options(task, output.Path, source == "output_dir" ? SharedFolder.Path(Zip) : checkpoint), backend, new SilentLog())
            .Run(CancellationToken.None);

        string expected = SharedFolder.Path(source == "output_dir" ? Folder + task : $"{Folder}{task}/init_checkpoint_only");
        CompareEvaluation(
            File.ReadAllLines(Path.Combine(expected, "eval_results.txt")), File.ReadAllLines(output.File("eval_results.txt")));
        if (task != "xnli")
        {
            ComparePredictions(
                File.ReadAllLines(Path.Combine(expected, "test_results.tsv")), File.ReadAllLines(output.File("test_results.tsv")));
        }
    }

    [Theory]
    [InlineData("mrpc")]
    [InlineData("cola")]
    [InlineData("mnli")]
    [InlineData("xnli")]
    public void Features_OfEverySet_AreThoseOfTheTfRecords(string name)
    {
        ClassificationTask task = ClassificationTask.Find(name);
        string data = SharedFolder.Path($"{Folder}data/{name}");
        Compare(name, "train", task, task.ReadTrain(data));
        Compare(name, "eval", task, task.ReadDev(data));
        if (name != "xnli")
        {
            Compare(name, "predict", task, task.ReadTest(data));
        }
    }

    private static void Compare(string name, string set, ClassificationTask task, IReadOnlyList<InputExample> examples)
    {
        var vocabulary = Vocabulary.Load(SharedFolder.Path("goldens/google/checkpoint-tiny/vocab.txt"));
        EncodedExample[] encoded = EncodedExample.Encode(task, new PairEncoder(new BertTokenizer(vocabulary), 40), examples);
        using var records = new StreamReader(new GZipStream(
            File.OpenRead(SharedFolder.Path($"{Folder}{name}/{set}.tf_record.jsonl.gz")), CompressionMode.Decompress));
        int row = 0;
        while (records.ReadLine() is { } line)
        {
            using JsonDocument record = JsonDocument.Parse(line);
            EncodedExample ours = encoded[row++];
            int[] mask = Ints(record, "input_mask");
            Assert.Equal(Ints(record, "input_ids"), Padded(ours.Encoding.InputIds, mask.Length));
            Assert.Equal(Ints(record, "segment_ids"), Padded(ours.Encoding.TokenTypeIds, mask.Length));
            Assert.Equal(mask.Sum(), ours.Encoding.InputIds.Length);
            Assert.Equal(Ints(record, "label_ids")[0], ours.Label);
        }

        Assert.Equal(row, encoded.Length);
    }

    private static void CompareEvaluation(string[] expected, string[] actual)
    {
        Dictionary<string, string> ours = actual.Select(line => line.Split(" = ")).ToDictionary(parts => parts[0], parts => parts[1]);
        foreach (string[] parts in expected.Select(line => line.Split(" = ")))
        {
            CompareNumber(parts[1], ours[parts[0]], parts[0]);
        }
    }

    private static void ComparePredictions(string[] expected, string[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach ((string theirs, string ours) in expected.Zip(actual))
        {
            string[] wanted = theirs.Split('\t'), found = ours.Split('\t');
            Assert.Equal(wanted.Length, found.Length);
            for (int i = 0; i < wanted.Length; i++)
            {
                CompareNumber(wanted[i], found[i], "probability");
            }
        }
    }

    private static void CompareNumber(string expected, string actual, string what)
    {
        float wanted = float.Parse(expected, CultureInfo.InvariantCulture), found = float.Parse(actual, CultureInfo.InvariantCulture);
        Near.Absolute([wanted], [found], 1e-5, what);
        Assert.Equal(what == "global_step" ? expected : NumpyFloat.Format(found), actual);
    }

    private static ClassifyOptions Options(string task, string output, string initCheckpoint) => new()
    {
        TaskName = task.ToUpperInvariant(),
        DataDir = SharedFolder.Path($"{Folder}data/{task}"),
        OutputDir = output,
        VocabFile = SharedFolder.Path("goldens/google/checkpoint-tiny/vocab.txt"),
        BertConfigFile = SharedFolder.Path("goldens/google/checkpoint-tiny/bert_config.json"),
        InitCheckpoint = initCheckpoint,
        MaxSeqLength = 40,
        DoEval = true,
        DoPredict = task != "xnli",
    };

    private static int[] Padded(int[] values, int length)
    {
        var padded = new int[length];
        values.CopyTo(padded, 0);
        return padded;
    }

    private static int[] Ints(JsonDocument record, string name) =>
        [.. record.RootElement.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
}
