// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>A named variable that training changes. Its value and its gradient live as long as the backend.</summary>
/// <param name="name">Full name, for example <c>bert.encoder.layer.0.attention.self.query.weight</c>.</param>
/// <param name="value">Persistent memory with its first value.</param>
public sealed class Parameter(string name, Tensor value) : Variable(value, requiresGradient: true)
{
    /// <summary>Full name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether weight decay applies: not to LayerNorm and not to biases.</summary>
    /// <remarks>google-research/bert optimization.py excludes names with "LayerNorm", "layer_norm" or "bias".</remarks>
    public bool Decays { get; } = !name.Contains("LayerNorm", StringComparison.Ordinal)
        && !name.Contains("layer_norm", StringComparison.Ordinal)
        && !name.Contains("bias", StringComparison.Ordinal);

    /// <summary>Whether TensorFlow keeps the lookup gradient of this table as a list of rows when it takes the global norm.</summary>
    public bool HasSlicedGradient { get; init; }

    /// <summary>The sum of squares that TensorFlow's norm sees for this parameter: that of the dense part of its gradient plus that of
    /// the looked-up rows, those of repeated ids not added up. Null where it is the plain one.</summary>
    public double? SlicedSquares { get; internal set; }

    /// <summary>Which rows of the gradient's memory can be other than 0, whether it holds a gradient or a forgotten one.</summary>
    internal GradientRows GradientRows { get; } = new(value.Shape);

    /// <summary>Forgets the gradient; its memory stays, with what is in it.</summary>
    public void ClearGradient()
    {
        HasGradient = false;
        SlicedSquares = null;
    }
}
