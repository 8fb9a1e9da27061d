// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Compares gradients of the tape with central differences in float64.</summary>
/// <param name="backend">The reference backend.</param>
public sealed class GradientCheck(ReferenceBackend backend)
{
    /// <summary>What errors up to this pass: differences with step 1e-5 in float64 are good to about 1e-9.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>Where no gradient is larger than this, nothing is proven: one that is wrong by a hundredth would pass.</summary>
    public const double SmallestProof = 100 * Tolerance;

    private const double StepSize = 1e-5;

    /// <summary>Elements compared for each parameter: all, or this many drawn at random.</summary>
    public int LargestSample { get; init; } = 200;

    /// <summary>A backward broken on purpose.</summary>
    public BackwardFault? Fault { get; init; }

    /// <summary>Checks one case, its output contracted with a random cotangent.</summary>
    public IReadOnlyList<GradientCheckRow> Run(OpCase opCase)
    {
        double[][] inputs = opCase.Draw();
        Parameter[] parameters = [.. inputs.Select((values, i) => Leaf($"input {i} {opCase.Inputs[i]}", opCase.Inputs[i], values))];
        return Run(parameters, tape => opCase.Build(tape, parameters), opCase.IsTraining);
    }

    /// <summary>Checks the gradient of every parameter of a function.</summary>
    /// <param name="parameters">What the function depends on.</param>
    /// <param name="build">The function.</param>
    /// <param name="isTraining">Whether dropout drops.</param>
    public IReadOnlyList<GradientCheckRow> Run(IReadOnlyList<Parameter> parameters, Func<Tape, Variable> build, bool isTraining = false)
    {
        double[] cotangent = Analytic(parameters, build, isTraining);
        var rows = new List<GradientCheckRow>();
        foreach (Parameter parameter in parameters)
        {
            rows.Add(Compare(parameter, cotangent, () => Outputs(build, cotangent.Length, isTraining)));
        }

        return rows;
    }

    /// <summary>Runs the tape both ways; gradients stay in the parameters. Gives the cotangent that was used.</summary>
    private double[] Analytic(IReadOnlyList<Parameter> parameters, Func<Tape, Variable> build, bool isTraining)
    {
        var tape = new Tape(backend) { IsTraining = isTraining, Fault = Fault };
        Variable y = build(tape);
        double[] cotangent = new RandomNumbers(29, (uint)y.Value.Length).Normals(y.Value.Length);
        foreach (Parameter parameter in parameters)
        {
            parameter.ClearGradient();
        }

        tape.Backward(y, tape.Constant(cotangent, y.Shape).Value);
        tape.Reset();
        return cotangent;
    }

    private double[] Outputs(Func<Tape, Variable> build, int length, bool isTraining)
    {
        var tape = new Tape(backend, isRecording: false) { IsTraining = isTraining };
        var y = new double[length];
        backend.CopyToHost(build(tape).Value, y);
        tape.Reset();
        return y;
    }

    private GradientCheckRow Compare(Parameter parameter, double[] cotangent, Func<double[]> function)
    {
        double[] values = Read(parameter.Value), analytic = parameter.Gradient is { } g ? Read(g) : new double[values.Length];
        double largestError = 0, largestGradient = 0;
        int[] sample = Sample(values.Length);
        foreach (int i in sample)
        {
            double numeric = CentralDifference(parameter, values, i, cotangent, function);
            double error = Math.Abs(analytic[i] - numeric) / (1 + Math.Abs(numeric));
            largestError = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(largestError, error);
            largestGradient = Math.Max(largestGradient, Math.Abs(numeric));
        }

        return new GradientCheckRow(parameter.Name, sample.Length, largestError, largestGradient);
    }

    /// <summary>Outputs are subtracted before they are contracted: what does not change leaves no rounding behind.</summary>
    private double CentralDifference(Parameter parameter, double[] values, int i, double[] cotangent, Func<double[]> function)
    {
        double original = values[i];
        values[i] = original + StepSize;
        backend.CopyFromHost(values, parameter.Value);
        double[] above = function();
        values[i] = original - StepSize;
        backend.CopyFromHost(values, parameter.Value);
        double[] below = function();
        values[i] = original;
        backend.CopyFromHost(values, parameter.Value);
        double sum = 0;
        for (int j = 0; j < cotangent.Length; j++)
        {
            sum += cotangent[j] * (above[j] - below[j]);
        }

        return sum / (2 * StepSize);
    }

    private int[] Sample(int length)
    {
        if (length <= LargestSample)
        {
            return [.. Enumerable.Range(0, length)];
        }

        var random = new RandomNumbers(31, (uint)length);
        return [.. Enumerable.Range(0, LargestSample).Select(_ => random.Below(length)).Distinct()];
    }

    private double[] Read(Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }

    private Parameter Leaf(string name, Shape shape, double[] values)
    {
        Tensor value = backend.Allocate(shape, Lifetime.Persistent);
        backend.CopyFromHost(values, value);
        return new Parameter(name, value);
    }
}
