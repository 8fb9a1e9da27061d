// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>What the tape refuses, and what it adds up.</summary>
public sealed class TapeTests : IDisposable
{
    private readonly ReferenceBackend _backend = new();

    public void Dispose() => _backend.Dispose();

    [Fact]
    public void Backward_TwiceWithoutReset_IsRefused()
    {
        Parameter weight = Scalar("weight", 3);
        var tape = new Tape(_backend);
        Variable loss = tape.Add(tape.Tanh(weight), weight);
        tape.Backward(loss, [weight]);
        double gradient = Read(weight.Gradient!);
        Assert.Throws<InvalidOperationException>(() => tape.Backward(loss, [weight]));
        Assert.Equal(gradient, Read(weight.Gradient!));
    }

    [Fact]
    public void Backward_AfterReset_AddsToTheParametersGradient()
    {
        Parameter weight = Scalar("weight", 3);
        var tape = new Tape(_backend);
        for (int step = 1; step <= 3; step++)
        {
            tape.Backward(tape.Add(weight, weight), [weight]);
            Assert.Equal(2 * step, Read(weight.Gradient!));
            tape.Reset();
        }
    }

    [Fact]
    public void Backward_UnreachedParameter_IsCountedAndNamed()
    {
        Parameter used = Scalar("used", 1), alsoUsed = Scalar("also.used", 2), cut = Scalar("cut.off", 3);
        var tape = new Tape(_backend);
        MissingGradientException thrown = Assert.Throws<MissingGradientException>(
            () => tape.Backward(tape.Add(used, alsoUsed), [used, cut, alsoUsed]));
        Assert.Equal("Backward reached 2 of 3 parameters; not reached: cut.off", thrown.Message);
    }

    [Fact]
    public void Backward_ParameterReachedByAnEarlierStepOnly_IsMissing()
    {
        Parameter used = Scalar("used", 1), cut = Scalar("cut.off", 3);
        var tape = new Tape(_backend);
        tape.Backward(tape.Add(used, cut), [used, cut]);
        tape.Reset();
        Variable loss = tape.Add(used, used);
        Assert.Contains("cut.off", Assert.Throws<MissingGradientException>(() => tape.Backward(loss, [used, cut])).Message);
    }

    [Fact]
    public void Observe_OneValueUnderTwoNames_GivesBothItsGradient()
    {
        Parameter weight = Scalar("weight", 3);
        var seen = new Names();
        var tape = new Tape(_backend) { Observer = seen };
        Variable inner = tape.Observe("outer", tape.Observe("inner", tape.Add(weight, weight)));
        tape.Backward(tape.Tanh(inner), [weight]);
        Assert.Equal(["inner", "outer"], seen.Values);
        Assert.Equal(["inner", "outer", "weight"], seen.Gradients);
    }

    private static double Read(Tensor x)
    {
        var value = new double[1];
        new ReferenceBackend().CopyToHost(x, value);
        return value[0];
    }

    private Parameter Scalar(string name, double value)
    {
        Tensor tensor = _backend.Allocate(new Shape(1), Lifetime.Persistent);
        _backend.Fill(value, tensor);
        return new Parameter(name, tensor);
    }

    private sealed class Names : ITapeObserver
    {
        public List<string> Values { get; } = [];

        public List<string> Gradients { get; } = [];

        public void OnValue(string name, Tensor value) => Values.Add(name);

        public void OnGradient(string name, Tensor gradient) => Gradients.Add(name);
    }
}
