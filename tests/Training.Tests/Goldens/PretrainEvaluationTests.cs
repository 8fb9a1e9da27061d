// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>Evaluation of a model that Google's run_pretraining trained: 9 batches of 8 in file order, from 229 examples.</summary>
public class PretrainEvaluationTests
{
    private const string Folder = "goldens/google/checkpoint-tiny/";

    [Theory]
    [InlineData("reference")]
    [InlineData("cpu")]
    public void EvalResults_OfGooglesCheckpoint_AreGoogles(string backendName)
    {
        using var folder = new TemporaryFolder();
        using IBackend backend = backendName == "cpu" ? new CpuBackend(threads: 2) : new ReferenceBackend();
        var options = new PretrainOptions
        {
            InputFile = SharedFolder.Path(Folder + "pretrain.tfrecord"),
            InitCheckpoint = SharedFolder.Path(Folder + "training"),
            BertConfigFile = SharedFolder.Path(Folder + "bert_config.json"),
            OutputDir = folder.File("out"),
            DoEval = true,
            EvalBatchSize = 8,
            MaxEvalSteps = 9,
            MaxSeqLength = 48,
            MaxPredictionsPerSeq = 8,
        };
        new Pretrainer(options, backend, new SilentLog()).Run(CancellationToken.None);
        Dictionary<string, string> expected = Read(SharedFolder.Path(Folder + "training/eval_results.txt"));
        Dictionary<string, string> found = Read(Path.Combine(options.OutputDir, "eval_results.txt"));

        // Weights that are not from the output folder count no steps, in Google's program too.
        Assert.Equal("0", found["global_step"]);
        Assert.Equal(expected.Keys, found.Keys);
        foreach (string key in expected.Keys.Where(key => key != "global_step"))
        {
            Near.Absolute([Number(expected[key])], [Number(found[key])], 1e-6 * Number(expected[key]), key);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Read(string path) =>
        File.ReadAllLines(path).Select(line => line.Split(" = ")).ToDictionary(pair => pair[0], pair => pair[1]);
}
