// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Where a kernel puts a gradient, and whether it is the first to do so. Not needed is said with null.</summary>
/// <param name="Tensor">Destination, of the shape of what the gradient belongs to.</param>
/// <param name="Accumulate">True: add to what is there. False: overwrite it, whatever it holds.</param>
public readonly record struct GradientTarget(Tensor Tensor, bool Accumulate);
