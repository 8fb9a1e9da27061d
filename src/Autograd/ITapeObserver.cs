// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Sees every named intermediate and gradient of a tape. It reads; it cannot change a result.</summary>
public interface ITapeObserver
{
    /// <summary>A named value was computed.</summary>
    /// <param name="name">Module path, for example <c>bert.encoder.layer.0.attention.output</c>.</param>
    /// <param name="value">Valid until the step is reset.</param>
    void OnValue(string name, Tensor value);

    /// <summary>The gradient of the loss by a named value is complete.</summary>
    /// <param name="name">As in <see cref="OnValue"/>, or the name of a parameter.</param>
    /// <param name="gradient">Valid until the step is reset.</param>
    void OnGradient(string name, Tensor gradient);
}
