// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

public class OptimizerTests
{
    /// <summary>Worked by hand from the update rule of google-research/bert: rate 1e-3, decay on.</summary>
    [Fact]
    public void AdamWeightDecay_ThreeUpdates_GivesTheWorkedExample()
    {
        using var backend = new ReferenceBackend();
        Parameter weight = Scalar(backend, "w.weight", 0.1);
        var optimizer = new AdamWeightDecayOptimizer(backend, [weight]);
        double[] gradients = [0.5, -0.25, 0.1], expected = [0.09683692232718331, 0.09570419433562792, 0.09414279441653002];
        for (int i = 0; i < gradients.Length; i++)
        {
            SetGradient(backend, weight, gradients[i]);
            optimizer.Update(1e-3, gradientScale: 1);
            Assert.Equal(expected[i], Read(backend, weight.Value), 1e-16);
        }
    }

    [Fact]
    public void Update_ParameterWithoutGradient_IsNamedAndNothingChanges()
    {
        using var backend = new ReferenceBackend();
        Parameter first = Scalar(backend, "first", 0.5), second = Scalar(backend, "second.weight", 0.25);
        var optimizer = new AdamWOptimizer(backend, [first, second]);
        SetGradient(backend, first, 1);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => optimizer.Update(1e-3, gradientScale: 1));
        Assert.Contains("second.weight", thrown.Message);
        Assert.Equal(0.5, Read(backend, first.Value));
        Assert.Equal(0, optimizer.Updates);
    }

    [Theory]
    [InlineData("bert.encoder.layer.0.output.LayerNorm.weight", false)]
    [InlineData("bert.pooler.dense.bias", false)]
    [InlineData("cls.predictions.bias", false)]
    [InlineData("bert.embeddings.word_embeddings.weight", true)]
    public void Parameter_BiasAndLayerNorm_AreNotDecayed(string name, bool decays)
    {
        using var backend = new ReferenceBackend();
        Assert.Equal(decays, Scalar(backend, name, 0).Decays);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5.8823529411764703e-7)]
    [InlineData(33, 1.9411764705882354e-5)]
    [InlineData(34, 1.8017492711370263e-5)]
    [InlineData(342, 5.8309037900874635e-8)]
    public void GoogleSchedule_OfMrpc_HasTheKnownRates(long step, double expected) =>
        Assert.Equal(expected, new GoogleSchedule(2e-5, trainSteps: 343, warmupSteps: 34).Rate(step), 1e-18);

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(4.0, 0.25)]
    public void ClippingFactor_OfGoogle_IsOneUpToNormOne(double norm, double expected) =>
        Assert.Equal(expected, GradientNorm.ClippingFactor(norm, ClippingRule.Google));

    private static Parameter Scalar(ReferenceBackend backend, string name, double value)
    {
        Tensor tensor = backend.Allocate(new Shape(1), Lifetime.Persistent);
        backend.Fill(value, tensor);
        return new Parameter(name, tensor);
    }

    private static void SetGradient(ReferenceBackend backend, Parameter parameter, double value)
    {
        var tape = new Tape(backend);
        tape.Backward(tape.Add(parameter, tape.Constant([0], new Shape(1))), tape.Constant([value], new Shape(1)).Value);
    }

    private static double Read(ReferenceBackend backend, Tensor x)
    {
        var value = new double[1];
        backend.CopyToHost(x, value);
        return value[0];
    }
}
