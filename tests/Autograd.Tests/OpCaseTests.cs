// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>What every op case drives on the reference backend: gradients against differences, reuse, broken backwards.</summary>
public class OpCaseTests
{
    public static TheoryData<string> Cases => [.. AllOpCases.All.Select(c => c.ToString())];

    [Theory, MemberData(nameof(Cases))]
    public void Gradient_OfEveryInput_EqualsCentralDifferences(string name)
    {
        foreach (GradientCheckRow row in new GradientCheck(new ReferenceBackend()).Run(Find(name)))
        {
            Assert.True(row.LargestGradient > 1e-3, $"{row.Name}: all gradients are 0, the case proves nothing");
            Assert.True(row.Verdict == GradientVerdict.Right, $"{row.Name}: {row.Verdict}, {row.LargestError}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradient_OfBrokenBackward_IsNoticed(string name)
    {
        OpCase opCase = Find(name);
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            var check = new GradientCheck(new ReferenceBackend()) { Fault = new BackwardFault(opCase.Op, kind) };
            Assert.Contains(check.Run(opCase), row => row.Verdict == GradientVerdict.Wrong);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradient_OfInputUsedTwice_IsTheSumOfBothUses(string name)
    {
        OpCase opCase = Find(name) with { IsTraining = false };
        using var backend = new ReferenceBackend();
        double[][] once = Gradients(backend, opCase, uses: 1), twice = Gradients(backend, opCase, uses: 2);
        for (int i = 0; i < once.Length; i++)
        {
            Assert.All(once[i].Zip(twice[i]), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-12 * (1 + Math.Abs(pair.First))));
        }
    }

    internal static OpCase Find(string name) => AllOpCases.All.Single(c => c.ToString() == name);

    private static double[][] Gradients(ReferenceBackend backend, OpCase opCase, int uses)
    {
        var tape = new Tape(backend);
        Variable[] inputs =
            [.. opCase.Draw().Select((x, i) => new Variable(tape.Constant(x, opCase.Inputs[i]).Value, requiresGradient: true))];
        Variable y = opCase.Build(tape, inputs);
        if (uses == 2)
        {
            y = tape.Add(y, opCase.Build(tape, inputs));
        }

        tape.Backward(y, tape.Constant(new RandomNumbers(5, 0).Normals(y.Value.Length), y.Shape).Value);
        return [.. inputs.Select(input => Read(backend, input.Gradient!))];
    }

    private static double[] Read(IBackend backend, Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }
}
