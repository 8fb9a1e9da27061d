// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>One way to call one op: what drives its forward, gradient and reuse checks on every backend.</summary>
/// <param name="Op">Name of the op.</param>
/// <param name="Variant">What is special about this case.</param>
/// <param name="Inputs">Shapes of its differentiable inputs.</param>
/// <param name="Build">Applies the op.</param>
public sealed record OpCase(string Op, string Variant, IReadOnlyList<Shape> Inputs, Func<Tape, Variable[], Variable> Build)
{
    /// <summary>Whether tapes of this case drop.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Turns a standard normal number into an input value; for ops with a kink, away from it.</summary>
    public Func<double, double> Shape { get; init; } = static x => x;

    /// <summary>Random inputs of the case; the same each time.</summary>
    public double[][] Draw()
    {
        var random = new RandomNumbers(17, (uint)Inputs.Sum(s => s.Length));
        return [.. Inputs.Select(shape => Array.ConvertAll(random.Normals(shape.Length), x => (double)(float)Shape(x)))];
    }

    /// <inheritdoc/>
    public override string ToString() => Variant.Length == 0 ? Op : $"{Op} {Variant}";
}
