// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

/// <summary>A batch in parts gives the loss and the gradient of the batch in one piece.</summary>
public class AccumulationTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(23, true)]
    [InlineData(4, false)]
    public void Gradient_OfPartsOfABatch_IsThatOfTheWhole(int parts, bool nextSentence)
    {
        using var folder = new TemporaryFolder();
        SmallRun.Write(folder);
        PretrainingExample[] examples = SmallRun.Read(folder);
        using var backend = new ReferenceBackend();
        (double loss, double[][] gradients) = Accumulated(backend, examples, 1, nextSentence);
        (double partsLoss, double[][] partsGradients) = Accumulated(backend, examples, parts, nextSentence);
        Near.Absolute([loss], [partsLoss], 1e-12, "loss");
        Assert.All(gradients.Zip(partsGradients), pair => Near.Absolute(pair.First, pair.Second, 1e-13, "gradient"));
        Assert.Contains(gradients, gradient => gradient.Max(Math.Abs) > 1e-3);
    }

    [Fact]
    public void Gradient_OfPartsWithVeryDifferentNumbersOfPredictions_IsThatOfTheWhole()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Write(folder);
        PretrainingExample[] examples = SmallRun.Read(folder)[..4];
        examples[0] = examples[0] with { MaskedPositions = [], MaskedIds = [], MaskedWeights = [] };
        examples[1] = examples[1] with { MaskedPositions = [2], MaskedIds = [7], MaskedWeights = [0.25] };
        using var backend = new ReferenceBackend();
        (double loss, double[][] gradients) = Accumulated(backend, examples, 1, nextSentence: true);
        (double partsLoss, double[][] partsGradients) = Accumulated(backend, examples, 4, nextSentence: true);
        Near.Absolute([loss], [partsLoss], 1e-12, "loss");
        Assert.All(gradients.Zip(partsGradients), pair => Near.Absolute(pair.First, pair.Second, 1e-13, "gradient"));
    }

    [Fact]
    public void Loss_OfABatchWithoutMaskedTokens_IsThatOfTheNextSentences()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Write(folder);
        PretrainingExample[] examples =
            [.. SmallRun.Read(folder)[..3].Select(e => e with { MaskedPositions = [], MaskedIds = [], MaskedWeights = [] })];
        using var backend = new ReferenceBackend();
        var step = new Pretraining(SmallRun.Model(backend), backend, Options());
        StepReport report = step.Step(examples, 0, 1e-3);
        PretrainingScores scores = report.Pretraining!.Value;
        Assert.Equal((0, 0), (scores.MaskedLmLoss, scores.MaskedLmAccuracy));
        Assert.Equal(scores.NextSentenceLoss!.Value, report.Loss, 1e-15);
    }

    [Fact]
    public void Updates_OfStepsInParts_AreThoseOfStepsInOnePiece()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Write(folder);
        PretrainingExample[] examples = SmallRun.Read(folder);
        using var backend = new ReferenceBackend();
        double[] whole = Trained(backend, examples, Options()), parts =
            Trained(backend, examples, Options() with { GradientAccumulationSteps = 3 });
        Near.Absolute(whole, parts, 1e-11, "parameters");
    }

    /// <summary>The parts of a batch must not drop the same elements.</summary>
    [Fact]
    public void Dropout_OfTwoEqualParts_Differs()
    {
        using var backend = new ReferenceBackend();
        var losses = new List<double>();
        var tape = new Tape(backend) { IsTraining = true, Seed = 1 };
        for (int part = 0; part < 2; part++)
        {
            tape.EndPart();
            Variable ones = tape.Constant([.. Enumerable.Repeat(1.0, 64)], new Shape(8, 8));
            var values = new double[64];
            backend.CopyToHost(tape.Dropout(ones, 0.5).Value, values);
            losses.Add(values.Select((v, i) => v * Math.ScaleB(1, i % 40)).Sum());
        }

        Assert.NotEqual(losses[0], losses[1]);
    }

    private static (double Loss, double[][] Gradients) Accumulated(
        IBackend backend, PretrainingExample[] examples, int parts, bool nextSentence)
    {
        BertForPreTraining model = SmallRun.Model(backend, nextSentence);
        var tape = new Tape(backend) { IsTraining = true };
        double sum = 0;
        foreach (PretrainingBatch part in PretrainingBatch.Parts(examples, parts))
        {
            tape.EndPart();
            Variable loss = part.Forward(tape, model).Loss;
            var value = new double[1];
            backend.CopyToHost(loss.Value, value);
            sum += value[0];
            tape.Backward(loss, model.Parameters);
        }

        return (sum, [.. model.Parameters.Select(p => Values(backend, p.Gradient!))]);
    }

    private static double[] Trained(IBackend backend, PretrainingExample[] examples, PretrainOptions options)
    {
        BertForPreTraining model = SmallRun.Model(backend);
        new Pretraining(model, backend, options).Run(examples, _ => { }, CancellationToken.None);
        return [.. model.Parameters.SelectMany(p => Values(backend, p.Value))];
    }

    private static double[] Values(IBackend backend, Tensor tensor)
    {
        var values = new double[tensor.Length];
        backend.CopyToHost(tensor, values);
        return values;
    }

    private static PretrainOptions Options() =>
        new() { InputFile = "", OutputDir = "", TrainBatchSize = 7, NumTrainSteps = 4, NumWarmupSteps = 1, LearningRate = 1e-2 };
}
