// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>An affine map of an encoder layer.</summary>
/// <param name="Name">Which.</param>
/// <param name="Inputs">Columns of its input, I.</param>
/// <param name="Outputs">Columns of its output, O.</param>
internal sealed record GemmLayer(string Name, int Inputs, int Outputs)
{
    /// <summary>The maps of a layer, those of the same shape once.</summary>
    public static IReadOnlyList<GemmLayer> Of(BertConfig config) =>
    [
        new("query, key, value, attention output", config.HiddenSize, config.HiddenSize),
        new("intermediate", config.HiddenSize, config.IntermediateSize),
        new("output", config.IntermediateSize, config.HiddenSize),
    ];

    /// <summary>Measures forward (y = x·wᵀ + b), dX (dY·w) and dWeight (dYᵀ·x).</summary>
    /// <param name="backend">Where.</param>
    /// <param name="rows">R.</param>
    /// <param name="repetitions">Of each; the first one warms up.</param>
    /// <param name="peak">Measured in turn with them.</param>
    public IReadOnlyList<GemmTime> Measure(IBackend backend, int rows, int repetitions, MachinePeak peak)
    {
        var weights = new RandomWeights(deviation: 0.02);
        Tensor x = New(backend, weights, rows, Inputs), y = New(backend, weights, rows, Outputs);
        Tensor weight = New(backend, weights, Outputs, Inputs), bias = New(backend, weights, 1, Outputs);
        GradientTarget dX = new(backend.Allocate(x.Shape, Lifetime.Step), Accumulate: false);
        GradientTarget dWeight = new(backend.Allocate(weight.Shape, Lifetime.Step), Accumulate: false);
        GemmTime[] times =
        [
            Time("forward", () => backend.Linear(x, weight, bias.View(0, new Shape(Outputs)), y)),
            Time("dX", () => backend.LinearBackward(x, weight, y, dX, null, null)),
            Time("dWeight", () => backend.LinearBackward(x, weight, y, null, dWeight, null)),
        ];
        backend.ResetStep();
        return times;

        GemmTime Time(string product, Action action)
        {
            peak.Measure();
            return new(this, product, rows, Repeat(repetitions, action));
        }
    }

    private static Durations Repeat(int repetitions, Action action)
    {
        var durations = new Durations();
        action();
        for (int i = 1; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            durations.Add(Stopwatch.GetElapsedTime(start));
        }

        return durations;
    }

    private static Tensor New(IBackend backend, RandomWeights weights, int rows, int columns)
    {
        Tensor tensor = backend.Allocate(new Shape(rows, columns), Lifetime.Step);
        weights.Read(new StoredName("matrix", IsTransposed: false), backend, tensor);
        return tensor;
    }
}
