// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The two functions that go by the name of GELU.</summary>
public enum GeluForm
{
    /// <summary>x · Φ(x) = x/2 · (1 + erf(x/√2)).</summary>
    Erf,

    /// <summary>x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), Google's code since 2019.</summary>
    Tanh,
}
