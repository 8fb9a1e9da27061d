// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A feature that every example must have, with so many values (TensorFlow's FixedLenFeature without a default).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Length">How many there are.</param>
public sealed record FixedLengthFeature(string Name, FeatureKind Kind, int Length);
