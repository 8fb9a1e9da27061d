// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A checked tensor of a bundle: what it is, the entry it came from, and for a partitioned variable the stored
/// slices that make it up (else none).</summary>
internal sealed record BundleTensor(TensorInfo Info, BundleEntry Entry, IReadOnlyList<BundleTensor> Slices);
