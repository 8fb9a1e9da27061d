// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>40 steps of Google's run_pretraining, followed step by step from its initial variables, under both clipping norms.</summary>
public class PretrainCurveTests
{
    private const string Folder = "goldens/google/pretrain-curve/", Tiny = "goldens/google/checkpoint-tiny/";

    /// <summary>The golden's own tolerances: relative for losses, norms and rates, absolute for variables.</summary>
    private const double Float64 = 1e-9, Float32 = 1e-5;

    /// <summary>Moments are smaller than variables: TensorFlow's own differ by 7.5e-8 between float32 and float64.</summary>
    private const double MomentScale = 1e-2;

    public static MatrixTheoryData<ClipNorm, string> Cases => new([ClipNorm.TensorFlow, ClipNorm.True], ["reference", "cpu"]);

    [Theory, MemberData(nameof(Cases))]
    public void LossesNormRateVariablesAndMoments_OfFortySteps_FollowTensorFlow(ClipNorm clipNorm, string backendName)
    {
        (string precision, double tolerance) = backendName == "cpu" ? ("float32", Float32) : ("float64", Float64);
        string prefix = $"{Folder}{(clipNorm == ClipNorm.TensorFlow ? "" : "one-hot-")}{precision}";
        using JsonDocument curve = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path($"{prefix}-curve.json")));
        using IBackend backend = backendName == "cpu" ? new CpuBackend(threads: 2) : new ReferenceBackend();
        BertForPreTraining model = Model(backend);
        var run = new Pretraining(model, backend, Options(clipNorm));
        PretrainingData data = Data();

        int steps = 0;
        run.Run(data, Check, CancellationToken.None);
        Assert.Equal(40, steps);

        void Check(StepReport step)
        {
            Compare(curve.RootElement[steps++], step, tolerance);
            string variables = $"{prefix}-step-{step.Step}.safetensors";
            if (step.Step == 40 || (clipNorm == ClipNorm.TensorFlow && step.Step is 1 or 10))
            {
                Compare(variables, backend, run.Optimizer, model, tolerance);
            }
        }
    }

    private static void Compare(JsonElement golden, in StepReport step, double tolerance)
    {
        Assert.Equal(golden.GetProperty("step").GetInt64(), step.Step);
        Relative("loss", step.Loss, golden);
        Relative("masked_lm_loss", step.Pretraining!.Value.MaskedLmLoss, golden);
        Relative("next_sentence_loss", step.Pretraining.Value.NextSentenceLoss!.Value, golden);
        Relative("global_norm", step.GradientNorm, golden);
        Relative("learning_rate", step.LearningRate, golden);

        void Relative(string key, double found, JsonElement golden)
        {
            double expected = golden.GetProperty(key).GetDouble();
            Near.Absolute([expected], [found], tolerance * Math.Abs(expected), $"{key} of step {golden.GetProperty("step")}");
        }
    }

    private static void Compare(
        string file, IBackend backend, Optimizer optimizer, BertForPreTraining model, double tolerance)
    {
        using GoldenTensors golden = GoldenTensors.Open(file);
        Assert.Equal(model.Parameters, optimizer.Slots.Select(slot => slot.Parameter));
        foreach ((Parameter parameter, Tensor m, Tensor v) in optimizer.Slots)
        {
            StoredName name = WeightNames.TensorFlow(parameter.Name)!.Value;
            CompareTensor(name.Name, parameter.Value, name.IsTransposed, tolerance);
            CompareTensor($"{name.Name}/adam_m", m, name.IsTransposed, tolerance * MomentScale);
            CompareTensor($"{name.Name}/adam_v", v, name.IsTransposed, tolerance * MomentScale);
        }

        void CompareTensor(string name, Tensor tensor, bool isTransposed, double allowed)
        {
            double[] expected = golden.Doubles(name), found = new double[tensor.Length];
            backend.CopyToHost(tensor, found);
            found = isTransposed ? Transposed(found, tensor.Shape.Rows, tensor.Shape.Columns) : found;
            Near.Absolute(expected, found, allowed, $"{Path.GetFileName(file)}: {name}");
        }
    }

    private static double[] Transposed(double[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, values.Length).Select(i => values[(i % rows * columns) + (i / rows)])];

    private static BertForPreTraining Model(IBackend backend)
    {
        using ITensorFile start = TensorFiles.Open(SharedFolder.Path(Folder + "initial.safetensors"));
        BertConfig config = ModelFiles.ReadConfig(SharedFolder.Path(Tiny + "bert_config.json"));
        return new BertForPreTraining(new ParameterSource(backend, new CheckpointWeights(start), 1, 0.02), config);
    }

    private static PretrainingData Data() => PretrainingData.Read(
        [SharedFolder.Path(Folder + "records.tfrecord")], new PretrainingFormat(48, 8, 131, 2, NextSentence: true), CancellationToken.None);

    private static PretrainOptions Options(ClipNorm clipNorm) => new()
    {
        InputFile = "",
        OutputDir = "",
        TrainBatchSize = 8,
        LearningRate = 1e-3,
        NumTrainSteps = 40,
        NumWarmupSteps = 5,
        Shuffle = ShuffleKind.None,
        ClipNorm = clipNorm,
    };
}
