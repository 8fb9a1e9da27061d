// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>100 steps of fine-tuning followed step by step, under both optimizers, schedules and clipping norms.</summary>
public class TinyCurveTests
{
    private const string Folder = "goldens/hf/training-curve/";
    private static readonly int[] StoredSteps = [1, 2, 10, 100];

    public static MatrixTheoryData<string, string> Cases => new(["tiny-google", "tiny-google-tfnorm", "tiny-torch"], ["reference", "cpu"]);

    [Theory, MemberData(nameof(Cases))]
    public void LossNormRateAndParameters_OfHundredSteps_FollowPyTorch(string run, string backendName)
    {
        using GoldenTensors golden = GoldenTensors.Open($"{Folder}{run}.safetensors");
        using JsonDocument problem = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Folder + "tiny.json")));
        Tolerances allowed = Tolerances.Of(run, backendName);
        using IBackend backend = backendName == "cpu" ? new CpuBackend(threads: 2) : new ReferenceBackend();
        using ITensorFile start = TensorFiles.Open(SharedFolder.Path(Folder + "tiny-start.safetensors"));
        BertForSequenceClassification model = Model(backend, start, problem.RootElement);
        EncodedExample[] examples = Examples(problem.RootElement);
        ClassifyOptions options = Options(run, problem.RootElement, examples.Length);

        double[] loss = golden.Doubles("loss"), rate = golden.Doubles("lr");
        double[] norm = golden.Doubles(run == "tiny-google-tfnorm" ? "grad_norm_tf" : "grad_norm");
        int steps = 0;
        new FineTuning(model, backend, options, isRegression: false).Run(examples, Check, CancellationToken.None);
        Assert.Equal(100, steps);

        void Check(StepReport step)
        {
            int s = (int)step.Step - 1;
            Near.Absolute([loss[s]], [step.Loss], step.Step <= 10 ? allowed.Loss10 : allowed.Loss100, $"loss of step {step.Step}");
            Near.Absolute([norm[s]], [step.GradientNorm], allowed.Norm * (1 + norm[s]), $"norm of step {step.Step}");
            Near.Absolute([rate[s]], [step.LearningRate], 1e-12, $"rate of step {step.Step}");
            if (StoredSteps.Contains((int)step.Step))
            {
                CompareParameters(golden, backend, model, (int)step.Step, allowed);
            }

            steps++;
        }
    }

    private static void CompareParameters(
        GoldenTensors golden, IBackend backend, BertForSequenceClassification model, int step, Tolerances allowed)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            var values = new double[parameter.Value.Length];
            backend.CopyToHost(parameter.Value, values);
            bool keyBias = parameter.Name.EndsWith("key.bias", StringComparison.Ordinal);
            double tolerance = keyBias ? allowed.KeyBias : step <= 10 ? allowed.Parameters10 : allowed.Parameters100;
            Near.Absolute(golden.Doubles($"step{step}.{parameter.Name}"), values, tolerance, $"step {step}: {parameter.Name}");
        }
    }

    private static BertForSequenceClassification Model(IBackend backend, ITensorFile start, JsonElement problem)
    {
        BertConfig config = new BertConfig
        {
            VocabSize = problem.GetProperty("vocab_size").GetInt32(),
            HiddenSize = problem.GetProperty("hidden_size").GetInt32(),
            NumAttentionHeads = problem.GetProperty("num_attention_heads").GetInt32(),
            NumHiddenLayers = problem.GetProperty("num_hidden_layers").GetInt32(),
            IntermediateSize = problem.GetProperty("intermediate_size").GetInt32(),
            MaxPositionEmbeddings = problem.GetProperty("max_position_embeddings").GetInt32(),
        }.WithDropout(0);
        return new BertForSequenceClassification(
            new ParameterSource(backend, new CheckpointWeights(start), 1, 0.02), config, labelCount: 2);
    }

    private static EncodedExample[] Examples(JsonElement problem) =>
    [
        .. problem.GetProperty("examples").EnumerateArray().Select((e, i) => new EncodedExample(
            new InputExample($"train-{i}", "", null, null, i),
            new SequenceEncoding(Ints(e, "input_ids"), Ints(e, "token_type_ids")),
            e.GetProperty("label").GetInt32(),
            Score: 0)),
    ];

    private static int[] Ints(JsonElement e, string name) => [.. e.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    private static ClassifyOptions Options(string run, JsonElement problem, int examples) => new()
    {
        TaskName = "mrpc",
        DataDir = "",
        OutputDir = "",
        TrainBatchSize = 4,
        NumTrainEpochs = 100.5 * 4 / examples,
        LearningRate = problem.GetProperty("learning_rate").GetDouble(),
        Shuffle = ShuffleKind.None,
        Optimizer = run == "tiny-torch" ? OptimizerKind.AdamW : OptimizerKind.AdamWeightDecay,
        Schedule = run == "tiny-torch" ? ScheduleKind.Linear : ScheduleKind.Google,
        ClipNorm = run == "tiny-google-tfnorm" ? ClipNorm.TensorFlow : ClipNorm.True,
    };

    /// <summary>Float32: of tolerances.json beside the goldens. Float64: 1e-9.</summary>
    private sealed record Tolerances(double Loss10, double Loss100, double Parameters10, double Parameters100, double Norm, double KeyBias)
    {
        public static Tolerances Of(string run, string backend)
        {
            if (backend == "reference")
            {
                return new Tolerances(1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9);
            }

            using JsonDocument all = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Folder + "tolerances.json")));
            JsonElement of = all.RootElement.GetProperty(run);
            double Get(string key) => of.GetProperty(key).GetDouble();
            return new Tolerances(Get("loss_10"), Get("loss_100"), Get("params_10"), Get("params_100"), Get("grad_norm"), Get("key_bias"));
        }
    }
}
