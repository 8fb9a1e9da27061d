// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>What every op case drives on the CPU backend, at each vector width: its values and gradients are those of the
/// reference.</summary>
public class CpuOpCaseTests
{
    public static MatrixTheoryData<string, SimdLevel> CasesAndLevels => new(
        [.. AllOpCases.All.Select(c => c.ToString())],
        [.. Enum.GetValues<SimdLevel>().Where(CpuBackend.Supports)]);

    [Theory, MemberData(nameof(CasesAndLevels))]
    public void ForwardAndGradients_OnCpu_EqualTheReference(string name, SimdLevel level)
    {
        OpCase opCase = OpCaseTests.Find(name);
        using var cpu = new CpuBackend(threads: 2, level);
        using var reference = new ReferenceBackend();
        (double[] actual, double[][] actualGradients) = Run(cpu, opCase);
        (double[] expected, double[][] expectedGradients) = Run(reference, opCase);
        AssertClose(expected, actual, $"{name}: value");
        for (int i = 0; i < expectedGradients.Length; i++)
        {
            AssertClose(expectedGradients[i], actualGradients[i], $"{name}: gradient of input {i}");
        }
    }

    /// <summary>Runs a case twice on inputs used twice, so that gradients are both overwritten and added to.</summary>
    private static (double[] Value, double[][] Gradients) Run(IBackend backend, OpCase opCase)
    {
        var tape = new Tape(backend) { IsTraining = opCase.IsTraining, Seed = 3 };
        Variable[] inputs =
            [.. opCase.Draw().Select((x, i) => new Variable(tape.Constant(x, opCase.Inputs[i]).Value, requiresGradient: true))];
        Variable y = tape.Add(opCase.Build(tape, inputs), opCase.Build(tape, inputs));
        tape.Backward(y, tape.Constant(new RandomNumbers(5, 0).Normals(y.Value.Length), y.Shape).Value);
        return (Read(backend, y.Value), [.. inputs.Select(input => Read(backend, input.Gradient!))]);
    }

    private static double[] Read(IBackend backend, Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }

    /// <summary>Within a few roundings of float32, measured by the largest value: sums of hundreds of terms are rounded like it.</summary>
    private static void AssertClose(double[] expected, double[] actual, string what)
    {
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 2e-6 * (scale + 0.1), $"{what}[{i}]: expected {expected[i]}, found {actual[i]}");
        }
    }
}
