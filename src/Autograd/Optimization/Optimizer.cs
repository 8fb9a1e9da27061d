// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Adam in one of its forms, with its two moments for each parameter.</summary>
public abstract class Optimizer
{
    private readonly List<(Parameter Parameter, Tensor M, Tensor V)> _slots = [];

    /// <summary>Moments start at 0.</summary>
    /// <param name="backend">Where the parameters are.</param>
    /// <param name="parameters">What is trained.</param>
    protected Optimizer(IBackend backend, IEnumerable<Parameter> parameters)
    {
        Backend = backend;
        foreach (Parameter parameter in parameters)
        {
            _slots.Add((parameter, Zeros(parameter.Shape), Zeros(parameter.Shape)));
        }
    }

    /// <summary>Where the parameters are.</summary>
    protected IBackend Backend { get; }

    /// <summary>How clipping is done together with this optimizer.</summary>
    public abstract ClippingRule Clipping { get; }

    /// <summary>Decay rate of parameters that decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Number of updates done.</summary>
    public long Updates { get; private set; }

    /// <summary>First and second moment of each parameter, in the order of the parameters.</summary>
    public IReadOnlyList<(Parameter Parameter, Tensor M, Tensor V)> Slots => _slots;

    /// <summary>Goes on where a saved run was: its moments are copied into <see cref="Slots"/> by the caller.</summary>
    /// <param name="updates">Updates that the saved run had done.</param>
    public void ContinueFrom(long updates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        Updates = updates;
    }

    /// <summary>Changes every parameter and clears the gradients.</summary>
    /// <param name="learningRate">Rate of this update.</param>
    /// <param name="gradientScale">The factor of clipping.</param>
    /// <exception cref="InvalidOperationException">A parameter has no gradient; nothing was changed. What is not to be trained is not
    /// given to the optimizer.</exception>
    public void Update(double learningRate, double gradientScale)
    {
        RequireGradients();
        Updates++;
        foreach ((Parameter parameter, Tensor m, Tensor v) in _slots)
        {
            Apply(parameter.Gradient!, learningRate, gradientScale, parameter, m, v);
            parameter.ClearGradient();
        }
    }

    /// <summary>One update of one parameter.</summary>
    protected abstract void Apply(Tensor gradient, double learningRate, double gradientScale, Parameter parameter, Tensor m, Tensor v);

    private void RequireGradients()
    {
        foreach ((Parameter parameter, _, _) in _slots)
        {
            if (parameter.Gradient is null)
            {
                throw new InvalidOperationException(
                    $"Update: {parameter.Name} has no gradient; run Backward first, or do not give it to the optimizer.");
            }
        }
    }

    private Tensor Zeros(Shape shape)
    {
        Tensor zeros = Backend.Allocate(shape, Lifetime.Persistent);
        Backend.Fill(0, zeros);
        return zeros;
    }
}
