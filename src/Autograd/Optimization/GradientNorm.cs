// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The global norm of the gradients of a set of parameters, and the factor that clips it to 1.</summary>
public static class GradientNorm
{
    /// <summary>√ Σ g² over all gradients.</summary>
    public static double True(IBackend backend, IEnumerable<Parameter> parameters) =>
        Math.Sqrt(parameters.Sum(p => Squares(backend, p)));

    /// <summary>The norm as TensorFlow computes it where lookups are not one-hot products: the gradient rows of repeated ids are not
    /// added up before they are squared. Needs a tape with <see cref="Tape.TracksSlicedNorms"/>.</summary>
    /// <remarks>tf.clip_by_global_norm on IndexedSlices, TensorFlow 1.11.</remarks>
    public static double TensorFlow(IBackend backend, IEnumerable<Parameter> parameters) =>
        Math.Sqrt(parameters.Sum(p => p.SlicedSquares ?? Squares(backend, p)));

    /// <summary>What gradients of this norm are multiplied by.</summary>
    public static double ClippingFactor(double norm, ClippingRule rule) => rule switch
    {
        ClippingRule.Google => norm == 0 ? 1 : Math.Min(1 / norm, 1),
        _ => Math.Min(1, 1 / (norm + 1e-6)),
    };

    /// <summary>Σ g² over the rows of one gradient that can be other than 0; 0 where none has arrived.</summary>
    internal static double Squares(IBackend backend, Parameter parameter) =>
        parameter.Gradient is { } gradient ? backend.SumOfSquares(gradient, parameter.GradientRows.NonZero) : 0;
}
