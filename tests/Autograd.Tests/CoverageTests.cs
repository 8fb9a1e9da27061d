// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>Nothing that has a gradient is without a case.</summary>
public class CoverageTests
{
    /// <summary>What the optimizer, losses' readers and memory use; their own tests are elsewhere.</summary>
    private static readonly HashSet<string> NotKernelsOfOps =
    [
        "get_Name", "get_ElementBytes", "get_StepBytes", "Allocate", "Release", "ResetStep", "CopyFromHost", "CopyToHost", "Fill",
        "SumOfSquares", "ArgMax", "AdamWeightDecay", "AdamW",
    ];

    [Fact]
    public void EveryTapeNode_AppearsInAnOpCase()
    {
        Type[] nodes = [.. typeof(Tape).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TapeNode)))];
        HashSet<Type> seen = [.. AllOpCases.All.SelectMany(c => Record(new ReferenceBackend(), c).Nodes).Select(node => node.GetType())];
        Assert.NotEmpty(nodes);
        Assert.DoesNotContain(nodes, node => !seen.Contains(node));
    }

    [Fact]
    public void EveryBackendKernel_IsExercisedByAnOpCase()
    {
        var calls = new HashSet<string>();
        foreach (OpCase opCase in AllOpCases.All)
        {
            IBackend backend = new RecordingBackend(new ReferenceBackend(), calls);
            Tape tape = Record(backend, opCase);
            Variable y = tape.Nodes[^1].Output;
            tape.Backward(y, tape.Constant(new double[y.Value.Length], y.Shape).Value);
        }

        IEnumerable<string> kernels = typeof(IBackend).GetMethods().Select(m => m.Name).Distinct().Except(NotKernelsOfOps);
        Assert.Empty(kernels.Except(calls));
    }

    private static Tape Record(IBackend backend, OpCase opCase)
    {
        var tape = new Tape(backend) { IsTraining = opCase.IsTraining };
        opCase.Build(
            tape, [.. opCase.Draw().Select((x, i) => new Variable(tape.Constant(x, opCase.Inputs[i]).Value, requiresGradient: true))]);
        return tape;
    }
}
