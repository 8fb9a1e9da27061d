// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>A tensor that ops are applied to, and the place where its gradient is gathered.</summary>
/// <param name="value">Its value.</param>
/// <param name="requiresGradient">Whether <see cref="Tape.Backward(Variable, IReadOnlyCollection{Parameter})"/> computes its
/// gradient.</param>
public class Variable(Tensor value, bool requiresGradient = false)
{
    /// <summary>Its value.</summary>
    /// <exception cref="ObjectDisposedException">It was forgotten, and its memory given back: an op that is given it refuses before it
    /// computes.</exception>
    public Tensor Value => !IsReleased ? value
        : throw new ObjectDisposedException(nameof(Variable), $"The value {value.Shape} was forgotten, and its memory given back.");

    /// <summary>Lengths of the value.</summary>
    public Shape Shape => value.Shape;

    /// <summary>Whether a gradient is computed for it.</summary>
    public bool RequiresGradient { get; } = requiresGradient;

    /// <summary>The gradient of the loss by this value, of the same shape; null where none has arrived.</summary>
    public Tensor? Gradient => HasGradient ? GradientBuffer : null;

    /// <summary>Whether an op of a tape made the value, so that the tape may release it.</summary>
    internal bool IsResult { get; init; }

    /// <summary>How many may still give it to an op: those who got it from one, less those who said <see
    /// cref="Tape.Forget(Variable)"/>.</summary>
    internal int Holders { get; set; } = 1;

    /// <summary>How many recorded nodes read the value on the way back.</summary>
    internal int Readers { get; set; }

    /// <summary>Whether the memory of the value was given back.</summary>
    internal bool IsReleased { get; set; }

    /// <summary>Names under which an observer sees it; null if it has none.</summary>
    internal List<string>? ObservedNames { get; set; }

    /// <summary>Whether something was written to the gradient: the next one to write adds.</summary>
    internal bool HasGradient { get; set; }

    /// <summary>Memory of the gradient, whatever it holds.</summary>
    internal Tensor? GradientBuffer { get; set; }

    /// <summary>What an op returns that has nothing to do: its input, for one more to forget.</summary>
    public Variable HandOn()
    {
        Holders++;
        return this;
    }
}
