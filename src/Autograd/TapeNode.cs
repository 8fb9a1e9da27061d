// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>One op that was applied: what it needs to go back. Each op's file has its own.</summary>
/// <param name="op">Name of the op.</param>
/// <param name="inputs">What it was applied to.</param>
public abstract class TapeNode(string op, params Variable[] inputs)
{
    /// <summary>Name of the op, for example LayerNorm.</summary>
    public string Op { get; } = op;

    /// <summary>What it was applied to.</summary>
    public IReadOnlyList<Variable> Inputs { get; } = inputs;

    /// <summary>Whether any input has a gradient to compute.</summary>
    internal bool RequiresGradient
    {
        get
        {
            for (int i = 0; i < Inputs.Count; i++)
            {
                if (Inputs[i].RequiresGradient)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>What it gave. Set when the tape records the node.</summary>
    public Variable Output { get; internal set; } = null!;

    /// <summary>Puts the gradients of the inputs where <see cref="Tape.GradientOf"/> says.</summary>
    /// <param name="tape">The tape that runs.</param>
    /// <param name="dY">Gradient of the loss by the output, complete.</param>
    public abstract void Backward(Tape tape, Tensor dY);

    /// <summary>Whether <see cref="Backward"/> reads the value of an input or of the output. Values that no node reads need not live
    /// until then.</summary>
    /// <param name="variable">One of <see cref="Inputs"/>, or <see cref="Output"/>.</param>
    public virtual bool Reads(Variable variable) => true;

    /// <summary>Gives back the tensors that were kept for <see cref="Backward"/> alone: when it ran, or at once where nothing is
    /// recorded.</summary>
    /// <param name="backend">Where they are.</param>
    public virtual void ReleaseSaved(IBackend backend)
    {
    }
}
