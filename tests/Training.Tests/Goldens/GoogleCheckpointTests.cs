// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>Training goes on from what Google's programs wrote, and writes what they would have written.</summary>
public class GoogleCheckpointTests
{
    private const string Curve = "goldens/google/pretrain-curve/", Tiny = "goldens/google/checkpoint-tiny/";

    private static readonly CheckpointOptions TensorFlow = new() { Format = CheckpointFormat.TensorFlow };

    /// <summary>Every byte: names, order, types, transposition, slots, step, checksums.</summary>
    [Theory]
    [InlineData("goldens/google/classify/mrpc/checkpoint", "model.ckpt-100")]
    [InlineData("goldens/google/classify/cola/checkpoint", "model.ckpt-100")]
    public void Checkpoint_OfRunClassifier_LoadedForTrainingAndSaved_IsTheSameFile(string golden, string name)
    {
        using TemporaryFolder theirs = new(), ours = new();
        Copy(SharedFolder.Path(golden), theirs.Path);
        SavedCheckpoint start = Newest(theirs.Path);
        Assert.Equal((100, null), (start.Step, start.Settings));
        using var backend = new CpuBackend(threads: 2);
        BertConfig config = ModelFiles.ReadConfig(SharedFolder.Path(Tiny + "bert_config.json"));
        using ITensorFile weights = start.OpenWeights();
        var source = new ParameterSource(backend, new CheckpointWeights(weights), 1, 0.02);
        var model = new BertForSequenceClassification(source, config, labelCount: 2);
        AssertSame(theirs.Path, ours.Path, name, start, backend, model.Parameters);
    }

    [Fact]
    public void Checkpoint_OfRunPretraining_LoadedForTrainingAndSaved_IsTheSameFile()
    {
        using TemporaryFolder theirs = new(), ours = new();
        Copy(SharedFolder.Path(Tiny + "training"), theirs.Path);
        SavedCheckpoint start = Newest(theirs.Path);
        using var backend = new CpuBackend(threads: 2);
        BertConfig config = ModelFiles.ReadConfig(SharedFolder.Path(Tiny + "bert_config.json"));
        using ITensorFile weights = start.OpenWeights();
        var model = new BertForPreTraining(new ParameterSource(backend, new CheckpointWeights(weights), 1, 0.02), config);
        AssertSame(theirs.Path, ours.Path, "model.ckpt-200", start, backend, model.Parameters);
    }

    /// <summary>TensorFlow's variables and moments after 10 of 40 steps: the other 30 are done here, and end where TensorFlow
    /// ended.</summary>
    [Fact]
    public void PreTraining_GoingOnAfterTenStepsOfTensorFlow_FollowsTheRestOfItsCurve()
    {
        const double Tolerance = 1e-5, MomentTolerance = 1e-7;
        using var folder = new TemporaryFolder();
        string output = Directory.CreateDirectory(folder.File("out")).FullName;
        WriteBundle(SharedFolder.Path(Curve + "float32-step-10.safetensors"), Path.Combine(output, "model.ckpt-10"));
        using JsonDocument curve = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Curve + "float32-curve.json")));
        var log = new SilentLog();
        using var backend = new CpuBackend(threads: 2);
        new Pretrainer(Options(output), backend, log).Run(CancellationToken.None);

        Assert.Equal(Enumerable.Range(11, 30).Select(step => (long)step), log.Steps.Select(step => step.Step));
        Assert.All(log.Steps, step =>
        {
            double loss = curve.RootElement[(int)step.Step - 1].GetProperty("loss").GetDouble();
            Assert.Equal(loss, step.Loss, Tolerance * loss);
        });
        using GoldenTensors expected = GoldenTensors.Open(Curve + "float32-step-40.safetensors");
        using ITensorFile found = TensorFiles.Open(Path.Combine(output, "model.ckpt-40"));
        Assert.Equal(expected.Names, found.Tensors.Select(tensor => tensor.Name));
        foreach (TensorInfo tensor in found.Tensors)
        {
            var values = new double[tensor.ElementCount];
            found.ReadDoubles(tensor.Name, values);
            bool isMoment = tensor.Name.Contains("/adam_", StringComparison.Ordinal);
            Near.Absolute(expected.Doubles(tensor.Name), values, isMoment ? MomentTolerance : Tolerance, tensor.Name);
        }
    }

    private static SavedCheckpoint Newest(string folder) =>
        new RunCheckpoints(folder, new CheckpointOptions(), new RunSettings(), new SilentLog()).FindStart(startOver: false)!;

    private static void AssertSame(
        string theirs, string ours, string name, SavedCheckpoint start, CpuBackend backend, IReadOnlyList<Parameter> parameters)
    {
        var optimizer = new AdamWeightDecayOptimizer(backend, parameters);
        start.RestoreMoments(backend, optimizer);
        new RunCheckpoints(ours, TensorFlow, new RunSettings(), new SilentLog()).Save(
            new CheckpointContent(start.Step, backend, parameters, optimizer, []));
        foreach (string suffix in (string[])[".index", ".data-00000-of-00001"])
        {
            byte[] expected = File.ReadAllBytes(Path.Combine(theirs, name + suffix));
            Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(ours, name + suffix))), $"{name}{suffix} differs");
        }

        Assert.Equal(name, CheckpointState.Read(Path.Combine(ours, "checkpoint")).Latest);
    }

    private static void WriteBundle(string safetensors, string prefix)
    {
        using ITensorFile file = TensorFiles.Open(safetensors);
        BundleWriter.Write(prefix, [.. file.Tensors.Select(tensor => new TensorEntry(
            tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(file.ReadBytes(tensor.Name))))]);
        new CheckpointState(Path.GetFileName(prefix), [Path.GetFileName(prefix)]).Write(Path.GetDirectoryName(prefix)!);
    }

    private static PretrainOptions Options(string output) => new()
    {
        InputFile = SharedFolder.Path(Curve + "records.tfrecord"),
        OutputDir = output,
        BertConfigFile = SharedFolder.Path(Tiny + "bert_config.json"),
        DoTrain = true,
        MaxSeqLength = 48,
        MaxPredictionsPerSeq = 8,
        TrainBatchSize = 8,
        LearningRate = 1e-3,
        NumTrainSteps = 40,
        NumWarmupSteps = 5,
        Shuffle = ShuffleKind.None,
        ClipNorm = ClipNorm.TensorFlow,
    };

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.GetFiles(source))
        {
            File.WriteAllBytes(Path.Combine(target, Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }
}
