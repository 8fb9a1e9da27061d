// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

/// <summary>When the memory of a result of an op is given back: as soon as nobody may read it any more.</summary>
/// <remarks>Forward code may read what it did not forget; a recorded node reads what it says it <see cref="TapeNode.Reads"/>; an
/// observer may read everything until <see cref="Reset"/>, so with one nothing is given back.</remarks>
public sealed partial class Tape
{
    /// <summary>Says that no op will be given this value any more by whoever got it from one. Its memory is given back when no
    /// recorded node reads it on the way back: at once, or during <see cref="Backward(Variable, IReadOnlyCollection{Parameter})"/>.
    /// Parameters, constants and scalars are not touched.</summary>
    /// <exception cref="InvalidOperationException">It was forgotten before.</exception>
    public void Forget(Variable variable)
    {
        if (!variable.IsResult)
        {
            return;
        }

        if (--variable.Holders < 0)
        {
            throw new InvalidOperationException($"Forget: the value {variable.Shape} was forgotten before.");
        }

        if (variable.Holders == 0 && variable.Readers == 0)
        {
            Release(variable);
        }
    }

    /// <summary>Forgets several values.</summary>
    public void Forget(params ReadOnlySpan<Variable> variables)
    {
        foreach (Variable variable in variables)
        {
            Forget(variable);
        }
    }

    private static void RequireHeld(TapeNode node)
    {
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (node.Inputs[i].Holders <= 0)
            {
                throw new InvalidOperationException($"{node.Op}: input {i} {node.Inputs[i].Shape} was forgotten.");
            }
        }
    }

    private static void CountReaders(TapeNode node)
    {
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            CountReader(node, node.Inputs[i]);
        }

        CountReader(node, node.Output);
    }

    /// <summary>Parameters and constants are not counted: they are not released, and outlive the tape.</summary>
    private static void CountReader(TapeNode node, Variable variable)
    {
        if (variable.IsResult && node.Reads(variable))
        {
            variable.Readers++;
        }
    }

    /// <summary>Gives back what nobody reads once a node went back: all that use its output came later, and went back before.</summary>
    private void ReleaseAfter(TapeNode node)
    {
        if (Observer is not null)
        {
            return;
        }

        node.ReleaseSaved(Backend);
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            ReleaseIfUnread(node, node.Inputs[i]);
        }

        ReleaseGradient(node.Output);
        ReleaseIfUnread(node, node.Output);
    }

    private void ReleaseIfUnread(TapeNode node, Variable variable)
    {
        if (variable.IsResult && node.Reads(variable))
        {
            variable.Readers--;
        }

        if (variable.Readers == 0)
        {
            Release(variable);
        }
    }

    private void Release(Variable variable)
    {
        if (Observer is null && variable is { IsResult: true, IsReleased: false, Shape.Length: > 1 })
        {
            Backend.Release(variable.Value);
            variable.IsReleased = true;
        }
    }

    private void ReleaseGradient(Variable variable)
    {
        if (variable.GradientBuffer is { } buffer)
        {
            (variable.GradientBuffer, variable.HasGradient) = (null, false);
            Backend.Release(buffer);
        }
    }
}
