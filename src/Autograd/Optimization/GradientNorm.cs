// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The global norm of the gradients of a set of parameters, and the factor that clips it to 1.</summary>
public static class GradientNorm
{
    /// <summary>√ Σ g² over all gradients.</summary>
    public static double True(IBackend backend, IEnumerable<Parameter> parameters) =>
        Math.Sqrt(Reached(parameters).Sum(p => backend.SumOfSquares(p.Gradient!)));

    /// <summary>The norm as TensorFlow computes it where lookups are not one-hot products: the gradient rows of repeated ids are not
    /// added up before they are squared. Needs a tape with <see cref="Tape.TracksSlicedNorms"/>.</summary>
    /// <remarks>tf.clip_by_global_norm on IndexedSlices, TensorFlow 1.11.</remarks>
    public static double TensorFlow(IBackend backend, IEnumerable<Parameter> parameters) =>
        Math.Sqrt(Reached(parameters).Sum(p => p.SlicedSquares ?? backend.SumOfSquares(p.Gradient!)));

    /// <summary>What gradients of this norm are multiplied by.</summary>
    public static double ClippingFactor(double norm, ClippingRule rule) => rule switch
    {
        ClippingRule.Google => norm == 0 ? 1 : Math.Min(1 / norm, 1),
        _ => Math.Min(1, 1 / (norm + 1e-6)),
    };

    private static IEnumerable<Parameter> Reached(IEnumerable<Parameter> parameters) => parameters.Where(p => p.Gradient is not null);
}
