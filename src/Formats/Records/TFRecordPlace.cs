// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Where a record of a TFRecord file begins: enough to go on reading there.</summary>
/// <param name="File">The file.</param>
/// <param name="Record">How many records come before it; the first has 0.</param>
/// <param name="Offset">How many bytes come before it; in a compressed file, of what it decompresses to.</param>
public readonly record struct TFRecordPlace(string File, long Record, long Offset);
