// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>The last layer computes the rows that somebody reads, and what is read does not change by that.</summary>
public class ReadRowsTests
{
    private static readonly int[] Lengths = [7, 1, 40, 13];

    public static TheoryData<string> BothBackends => [Backends.Cpu, Backends.Reference];

    [Theory, MemberData(nameof(BothBackends))]
    public void Classifier_WithAndWithoutAllRows_HasTheSameLogitsAndGradients(string name)
    {
        using IBackend backend = Backends.Create(name);
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(TrainingStep.Small, Lengths);
        var model = new BertForSequenceClassification(Source(backend), TrainingStep.Small, labelCount: 3);
        AssertSame(backend, model.Parameters, tape =>
        {
            Variable logits = model.Logits(tape, batch);
            return (tape.CrossEntropy(logits, labels), TrainingStep.Read(backend, logits.Value));
        });
    }

    [Theory, MemberData(nameof(BothBackends))]
    public void PreTraining_WithAndWithoutAllRows_HasTheSameLogitsAndGradients(string name)
    {
        using IBackend backend = Backends.Create(name);
        (PackedBatch batch, _) = TrainingStep.Draw(TrainingStep.Small, Lengths);
        MaskedLmTargets targets = MaskedLmTargets.Google(
            batch.Layout, [[3, 6, 0], [0, 0, 0], [39, 1, 20], [5, 5, 12]], [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]], weights: null);
        var model = new BertForPreTraining(Source(backend), TrainingStep.Small);
        AssertSame(backend, model.Parameters, tape =>
        {
            PreTrainingOutput output = model.Forward(tape, batch, targets, new IndexTensor([0, 1, 1, 0]));
            Variable[] logits = [output.MaskedLmLogits, output.NextSentenceLogits!];
            return (output.Loss, [.. logits.SelectMany(x => TrainingStep.Read(backend, x.Value))]);
        });
    }

    [Theory]
    [InlineData(false, "[4, 36]", "[3, 1, 40]")]
    [InlineData(true, "[61, 36]", "[3, 40, 40]")]
    public void Observer_OfAClassifier_SeesWhatIsComputed(bool wantsAllRows, string rows, string probabilities)
    {
        using IBackend backend = Backends.Create(Backends.Reference);
        (PackedBatch batch, _) = TrainingStep.Draw(TrainingStep.Small, Lengths);
        var model = new BertForSequenceClassification(Source(backend), TrainingStep.Small, labelCount: 3);
        var shapes = new Shapes();
        model.Logits(new Tape(backend) { Observer = shapes, WantsAllRows = wantsAllRows }, batch);
        Assert.Equal("[61, 36]", shapes.Of["bert.encoder.layer.0"]);
        Assert.Equal(rows, shapes.Of["bert.encoder.layer.1"]);
        Assert.Equal(probabilities, shapes.Of["bert.encoder.layer.1.attention.self.probs.2"]);
    }

    /// <summary>Loss and logits to the last bit, with dropout; gradients but for the order of sums over rows.</summary>
    private static void AssertSame(
        IBackend backend, IReadOnlyList<Parameter> parameters, Func<Tape, (Variable Loss, float[] Logits)> forward)
    {
        (float[] logits, double[][] gradients) = Step(backend, parameters, forward, wantsAllRows: true);
        (float[] prunedLogits, double[][] prunedGradients) = Step(backend, parameters, forward, wantsAllRows: false);
        Assert.Equal(logits, prunedLogits);
        double tolerance = backend is CpuBackend ? 2e-6 : 1e-13;
        for (int i = 0; i < parameters.Count; i++)
        {
            double allowed = tolerance * (0.1 + gradients[i].Max(Math.Abs));
            Near.Absolute(gradients[i], prunedGradients[i], allowed, parameters[i].Name);
        }
    }

    private static (float[] Outputs, double[][] Gradients) Step(
        IBackend backend, IReadOnlyList<Parameter> parameters, Func<Tape, (Variable Loss, float[] Logits)> forward, bool wantsAllRows)
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.ClearGradient();
        }

        var tape = new Tape(backend) { IsTraining = true, Seed = 5, WantsAllRows = wantsAllRows };
        (Variable loss, float[] logits) = forward(tape);
        tape.Backward(loss, parameters);
        float[] outputs = [.. TrainingStep.Read(backend, loss.Value), .. logits];
        tape.Reset();
        return (outputs, [.. parameters.Select(parameter => Doubles(backend, parameter.Gradient!))]);
    }

    private static double[] Doubles(IBackend backend, Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }

    private static ParameterSource Source(IBackend backend) => new(backend, weights: null, seed: 3, 0.05);

    private sealed class Shapes : ITapeObserver
    {
        public Dictionary<string, string> Of { get; } = [];

        public void OnValue(string name, Tensor value) => Of[name] = value.ToString();

        public void OnGradient(string name, Tensor gradient)
        {
        }
    }
}
