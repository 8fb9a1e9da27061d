// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>An affine map with its weight [out, in] and bias [out].</summary>
/// <param name="source">Where "weight" and "bias" come from.</param>
/// <param name="inputs">Columns of the input.</param>
/// <param name="outputs">Columns of the output.</param>
public sealed class Linear(ParameterSource source, int inputs, int outputs)
{
    private readonly Parameter _weight = source.Weight("weight", new Shape(outputs, inputs));
    private readonly Parameter _bias = source.Zeros("bias", new Shape(outputs));

    /// <summary>x · weightᵀ + bias: [R, in] → [R, out].</summary>
    public Variable Forward(Tape tape, Variable x) => tape.Observe(source.Path, tape.Linear(x, _weight, _bias));
}
