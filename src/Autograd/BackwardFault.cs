// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>What is wrong with a backward that was broken on purpose.</summary>
public enum FaultKind
{
    /// <summary>Gradients have the opposite sign.</summary>
    Sign,

    /// <summary>Gradients are a tenth too large.</summary>
    Factor,

    /// <summary>Every other element of the incoming gradient is lost.</summary>
    MissingTerm,
}

/// <summary>Puts a wrong backward in place of the right one, to show that a gradient check notices it.</summary>
/// <param name="Op">Name of the op to break.</param>
/// <param name="Kind">How.</param>
public sealed record BackwardFault(string Op, FaultKind Kind)
{
    /// <summary>The incoming gradient as the broken backward sees it; a copy.</summary>
    internal Tensor Distort(IBackend backend, Tensor dY)
    {
        var values = new double[dY.Length];
        backend.CopyToHost(dY, values);
        for (int i = 0; i < values.Length && Kind == FaultKind.MissingTerm; i += 2)
        {
            values[i] = 0;
        }

        double factor = Kind switch { FaultKind.Sign => -1, FaultKind.Factor => 1.1, _ => 1 };
        Tensor distorted = backend.Allocate(dY.Shape, Lifetime.Step);
        backend.CopyFromHost(Array.ConvertAll(values, v => v * factor), distorted);
        return distorted;
    }
}
