// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model;

/// <summary>The function between the two halves of the feed-forward block, and in the masked-LM head.</summary>
public enum HiddenActivation
{
    /// <summary>GELU with erf: Hugging Face's "gelu", and Google's code until February 2019.</summary>
    GeluErf,

    /// <summary>GELU with tanh: Google's "gelu" since, Hugging Face's "gelu_new".</summary>
    GeluTanh,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>x.</summary>
    Linear,
}
