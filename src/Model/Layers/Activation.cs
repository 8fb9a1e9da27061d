// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>The activation that the config names.</summary>
internal static class Activation
{
    /// <summary>Applies it element by element.</summary>
    public static Variable Activate(this Tape tape, Variable x, HiddenActivation activation) => activation switch
    {
        HiddenActivation.GeluErf => tape.Gelu(x, GeluForm.Erf),
        HiddenActivation.GeluTanh => tape.Gelu(x, GeluForm.Tanh),
        HiddenActivation.Relu => tape.Relu(x),
        HiddenActivation.Tanh => tape.Tanh(x),
        _ => x.HandOn(),
    };
}
