// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>When the tape gives memory back. The reference backend refuses to read what was released.</summary>
public sealed class ReleaseTests : IDisposable
{
    private static readonly Shape Matrix = new(3, 5);

    private readonly ReferenceBackend _backend = new();

    public void Dispose() => _backend.Dispose();

    [Fact]
    public void Backward_OfAnyOpCase_LeavesItsResultAndGivesTheRestBack()
    {
        foreach (OpCase opCase in AllOpCases.All)
        {
            var tape = new Tape(_backend) { IsTraining = opCase.IsTraining };
            Variable[] inputs =
                [.. opCase.Draw().Select((x, i) => new Variable(tape.Constant(x, opCase.Inputs[i]).Value, requiresGradient: true))];
            long leaves = 2 * _backend.StepBytes;
            Variable y = opCase.Build(tape, inputs);
            tape.Backward(y, tape.Constant(new double[y.Value.Length], y.Shape).Value);
            Assert.Equal(y.Value.Length, Read(y).Length);
            Assert.InRange(_backend.StepBytes, 1, leaves + (sizeof(double) * 2 * (y.Value.Length + 1)));
            tape.Reset();
        }
    }

    [Fact]
    public void Backward_OfAChain_KeepsScalarsOnly()
    {
        (Tape tape, Variable x) = Start();
        Variable hidden = tape.Tanh(x);
        Variable first = tape.MeanSquaredError(hidden, new double[15]), second = tape.MeanSquaredError(hidden, new double[15]);
        Variable loss = tape.Add(first, second);
        tape.Backward(loss, []);
        Assert.Equal(Read(loss)[0], Read(first)[0] + Read(second)[0]);
        Assert.Throws<ObjectDisposedException>(() => Read(hidden));
        Assert.Null(hidden.Gradient);
        Assert.NotNull(x.Gradient);
    }

    [Fact]
    public void Backward_WithAnObserver_LeavesEverything()
    {
        (Tape tape, Variable x) = Start(new Watcher());
        Variable hidden = tape.Tanh(x), unread = tape.Add(hidden, hidden);
        tape.Forget(hidden, unread);
        tape.Backward(tape.MeanSquaredError(tape.Add(x, x), new double[15]), []);
        Assert.Equal(15, Read(hidden).Length);
        Assert.Equal(15, Read(unread).Length);
    }

    [Fact]
    public void Forget_OfWhatNoNodeReads_GivesItBackAtOnce()
    {
        (Tape tape, Variable x) = Start();
        Variable sum = tape.Add(x, x), twice = tape.Add(sum, sum);
        tape.Forget(sum);
        Assert.Throws<ObjectDisposedException>(() => Read(sum));
        tape.Backward(twice, tape.Constant(new double[15], Matrix).Value);
    }

    [Fact]
    public void Op_OfWhatWasGivenBack_RefusesBeforeItComputes()
    {
        using var backend = new CpuBackend(1);
        var calls = new HashSet<string>();
        var tape = new Tape(new RecordingBackend(backend, calls), isRecording: false);
        Variable sum = tape.Add(tape.Constant(new double[15], Matrix), tape.Constant(new double[15], Matrix));
        tape.Forget(sum);
        Assert.Throws<ObjectDisposedException>(() => tape.Gelu(sum, GeluForm.Erf));
        Assert.DoesNotContain(nameof(IBackend.Gelu), calls);
        Assert.Equal(Matrix, sum.Shape);
    }

    [Fact]
    public void Forget_OfWhatANodeReads_WaitsForItsWayBack()
    {
        (Tape tape, Variable x) = Start();
        Variable sum = tape.Add(x, x), y = tape.Tanh(tape.Gelu(sum, GeluForm.Erf));
        tape.Forget(sum);
        Assert.Equal(15, Read(sum).Length);
        tape.Backward(y, tape.Constant(new double[15], Matrix).Value);
        Assert.Throws<ObjectDisposedException>(() => Read(sum));
    }

    [Fact]
    public void Forget_WithoutRecording_GivesBackAtOnceAndSavedTensorsToo()
    {
        var tape = new Tape(_backend, isRecording: false);
        Variable x = tape.Constant(new double[15], Matrix), one = tape.Constant(new double[5], new Shape(5));
        long constants = _backend.StepBytes;
        Variable normed = tape.LayerNorm(x, one, one, 1e-12);
        Assert.Equal(constants + (15 * sizeof(double)), _backend.StepBytes);
        tape.Forget(normed, x);
        Assert.Equal(constants, _backend.StepBytes);
        Assert.Equal(15, Read(x).Length);
    }

    [Fact]
    public void Forget_OfAValueHandedOn_WaitsForTheSecond()
    {
        var tape = new Tape(_backend, isRecording: false);
        Variable x = tape.Tanh(tape.Constant(new double[15], Matrix)), same = tape.Dropout(x, 0.5);
        Assert.Same(x, same);
        tape.Forget(x);
        Assert.Equal(15, Read(same).Length);
        tape.Forget(same);
        Assert.Throws<ObjectDisposedException>(() => Read(same));
        Assert.Throws<InvalidOperationException>(() => tape.Forget(same));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Op_OnAForgottenValue_IsRefused(bool isRecording)
    {
        var tape = new Tape(_backend, isRecording) { Observer = new Watcher() };
        Variable x = new(tape.Constant(new double[15], Matrix).Value, requiresGradient: true), y = tape.Tanh(x);
        tape.Forget(y);
        Assert.Equal("Add: input 1 [3, 5] was forgotten.", Assert.Throws<InvalidOperationException>(() => tape.Add(x, y)).Message);
    }

    private (Tape Tape, Variable X) Start(ITapeObserver? observer = null)
    {
        var tape = new Tape(_backend) { Observer = observer };
        double[] values = new RandomNumbers(1, 2).Normals(15);
        return (tape, new Variable(tape.Constant(values, Matrix).Value, requiresGradient: true));
    }

    private double[] Read(Variable x)
    {
        var values = new double[x.Value.Length];
        _backend.CopyToHost(x.Value, values);
        return values;
    }

    private sealed class Watcher : ITapeObserver
    {
        public void OnValue(string name, Tensor value)
        {
        }

        public void OnGradient(string name, Tensor gradient)
        {
        }
    }
}
