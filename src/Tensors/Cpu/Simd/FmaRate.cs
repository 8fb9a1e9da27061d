// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>What all threads together did in <see cref="FmaPeak.Measure"/>, in 10⁹ operations a second, a multiply-add counting as
/// two.</summary>
/// <param name="GigaFlops">All the time.</param>
/// <param name="FastestGigaFlops">Each in its fastest burst of some milliseconds: where a machine is shared, or its clock falls under load,
/// nothing goes on at that rate.</param>
public readonly record struct FmaRate(double GigaFlops, double FastestGigaFlops);
