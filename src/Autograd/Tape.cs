// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>What was computed in this step, in order, and how to go back. Passed explicitly: there is no ambient state. Ops are
/// extension methods on it, one file each in Ops/.</summary>
/// <param name="backend">Where the numbers are.</param>
/// <param name="isRecording">False for inference: nothing is remembered and no gradient can be asked for.</param>
public sealed partial class Tape(IBackend backend, bool isRecording = true)
{
    private readonly List<TapeNode> _nodes = [];
    private HashSet<Variable> _reached = [];
    private bool _wentBack;

    /// <summary>Where the numbers are.</summary>
    public IBackend Backend { get; } = backend;

    /// <summary>Whether nodes are remembered.</summary>
    public bool IsRecording { get; } = isRecording;

    /// <summary>Whether dropout drops. Off for evaluation, prediction and comparison with references.</summary>
    public bool IsTraining { get; init; }

    /// <summary>Seed of all dropout of the run.</summary>
    public ulong Seed { get; init; }

    /// <summary>Number of the training step; the same step draws the same dropout.</summary>
    public uint Step { get; set; }

    /// <summary>Whether <see cref="Parameter.SlicedSquares"/> are computed.</summary>
    public bool TracksSlicedNorms { get; init; }

    /// <summary>Sees named values and gradients; null for none.</summary>
    public ITapeObserver? Observer { get; init; }

    /// <summary>Whether models compute all rows of all layers, for an observer that compares them; else the last layer has only the rows
    /// that somebody reads.</summary>
    public bool WantsAllRows { get; init; }

    /// <summary>Whether models keep only the inputs of their layers and compute the rest again on the way back: less memory, more
    /// time, the same bits.</summary>
    public bool Recomputes { get; init; }

    /// <summary>A backward broken on purpose; null outside of checks.</summary>
    public BackwardFault? Fault { get; init; }

    /// <summary>What was recorded, first op first.</summary>
    public IReadOnlyList<TapeNode> Nodes => _nodes;

    /// <summary>Dropouts of this step so far.</summary>
    internal uint Dropouts { get; set; }

    /// <summary>Step memory of a shape, its content undefined.</summary>
    public Tensor Allocate(Shape shape) => Backend.Allocate(shape, Lifetime.Step);

    /// <summary>A value that has no gradient, copied from the host into step memory.</summary>
    public Variable Constant(ReadOnlySpan<double> values, Shape shape)
    {
        Tensor value = Allocate(shape);
        Backend.CopyFromHost(values, value);
        return new Variable(value);
    }

    /// <summary>Remembers an op and hands out its result.</summary>
    /// <param name="y">Result of the op.</param>
    /// <param name="node">Its way back.</param>
    public Variable Record(Tensor y, TapeNode node)
    {
        RequireHeld(node);
        bool requiresGradient = IsRecording && node.RequiresGradient;
        node.Output = new Variable(y, requiresGradient) { IsResult = true };
        if (requiresGradient)
        {
            _nodes.Add(node);
            CountReaders(node);
        }
        else if (Observer is null)
        {
            node.ReleaseSaved(Backend);
        }

        return node.Output;
    }

    /// <summary>Which elements the next dropout of this step drops; null where nothing is dropped.</summary>
    /// <param name="probability">Probability to drop, in [0, 1).</param>
    /// <param name="rows">As in <see cref="DropoutMask.Rows"/>.</param>
    public DropoutMask? NextDropout(double probability, IndexTensor? rows = null) =>
        IsTraining && probability > 0 ? new DropoutMask(probability, Seed, Step, Dropouts++, rows) : null;

    /// <summary>Gives a value a name for observers. A value that several modules hand on has several names.</summary>
    public Variable Observe(string name, Variable variable)
    {
        if (Observer is not null)
        {
            (variable.ObservedNames ??= []).Add(name);
            Observer.OnValue(name, variable.Value);
        }

        return variable;
    }

    /// <summary>Where a node puts the gradient of an input: overwrite for the first, add for all others; null where none is
    /// needed.</summary>
    public GradientTarget? GradientOf(Variable variable)
    {
        if (!variable.RequiresGradient)
        {
            return null;
        }

        _reached.Add(variable);
        (variable as Parameter)?.GradientRows.SetAny();
        Lifetime lifetime = variable is Parameter ? Lifetime.Persistent : Lifetime.Step;
        Tensor buffer = variable.GradientBuffer ??= Backend.Allocate(variable.Shape, lifetime);
        bool accumulate = variable.HasGradient;
        variable.HasGradient = true;
        return new GradientTarget(buffer, accumulate);
    }

    /// <summary>Computes the gradient of a scalar by every parameter. Gradients of parameters add up until they are cleared.</summary>
    /// <remarks>Afterwards the values and gradients of ops' results are gone, but for scalars: what shall be read is read before.
    /// With an observer they stay until <see cref="Reset"/>.</remarks>
    /// <param name="loss">A scalar.</param>
    /// <param name="parameters">Parameters that must be reached.</param>
    /// <exception cref="MissingGradientException">This call did not reach one, whatever it holds from before; the message names
    /// it.</exception>
    /// <exception cref="InvalidOperationException">The tape already went back, or there is nothing to go back to.</exception>
    public void Backward(Variable loss, IReadOnlyCollection<Parameter> parameters)
    {
        Require.Scalar(loss.Value, "Backward", nameof(loss));
        Tensor one = Allocate(loss.Shape);
        Backend.Fill(1, one);
        Backward(loss, one);
        CheckAllReached(parameters);
        foreach (Parameter parameter in parameters)
        {
            Observer?.OnGradient(parameter.Name, parameter.Gradient!);
        }
    }

    /// <summary>Computes the gradient of Σ cotangent · y by everything that y was computed from.</summary>
    /// <remarks>Afterwards the values and gradients of ops' results are gone, but for the value of y and for scalars.
    /// With an observer they stay until <see cref="Reset"/>.</remarks>
    /// <param name="y">Any result of an op.</param>
    /// <param name="cotangent">Of the shape of y.</param>
    /// <exception cref="InvalidOperationException">The tape already went back and was not reset since, or nothing that y was
    /// computed from requires a gradient.</exception>
    public void Backward(Variable y, Tensor cotangent)
    {
        Require.Shape(cotangent, y.Shape, "Backward", nameof(cotangent));
        if (_wentBack)
        {
            // The gradients of intermediate values are still there, and would be taken for this call's.
            throw new InvalidOperationException("Backward: this tape already went back; Reset it and compute the step again.");
        }

        _reached.Clear();
        if (!y.RequiresGradient)
        {
            throw new InvalidOperationException("Backward: nothing that the loss was computed from requires a gradient.");
        }

        _wentBack = true;
        GoBack(y, cotangent);
    }

    /// <summary>The way back itself; a part of a step goes it too.</summary>
    internal void GoBack(Variable y, Tensor cotangent)
    {
        y.Readers++;
        Backend.Copy(cotangent, GradientOf(y)!.Value);
        for (int i = _nodes.Count - 1; i >= 0; i--)
        {
            Run(_nodes[i]);
            ReleaseAfter(_nodes[i]);
        }
    }

    /// <summary>Forgets the step: its nodes and its memory. Gradients of parameters stay.</summary>
    public void Reset()
    {
        EndPart();
        Dropouts = 0;
    }

    /// <summary>Forgets a part of a step whose gradients add up with those of the parts that follow: as <see cref="Reset"/>, but the
    /// dropouts of the next part draw other numbers.</summary>
    public void EndPart()
    {
        _nodes.Clear();
        _reached.Clear();
        _wentBack = false;
        Backend.ResetStep();
    }

    private void Run(TapeNode node)
    {
        if (node.Output.Gradient is not { } dY)
        {
            return;
        }

        for (int i = 0; Observer is not null && i < node.Output.ObservedNames?.Count; i++)
        {
            Observer.OnGradient(node.Output.ObservedNames[i], dY);
        }

        node.Backward(this, Fault is { } fault && fault.Op == node.Op ? fault.Distort(Backend, dY) : dY);
    }

    private void CheckAllReached(IReadOnlyCollection<Parameter> parameters)
    {
        string[] missing = [.. parameters.Where(p => !_reached.Contains(p)).Select(p => p.Name)];
        if (missing.Length > 0)
        {
            throw new MissingGradientException(
                $"Backward reached {parameters.Count - missing.Length} of {parameters.Count} parameters; "
                + $"not reached: {string.Join(", ", missing)}");
        }
    }
}
