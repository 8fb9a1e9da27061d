// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A part of a text file: whole words, in UTF-8 that nobody has checked yet.</summary>
/// <param name="Number">From 0, over all files.</param>
/// <param name="File">Path of the file.</param>
/// <param name="Offset">Where in the file it begins, in bytes.</param>
/// <param name="Bytes">Valid until the reader's next call with the same buffer.</param>
internal readonly record struct TextBlock(long Number, string File, long Offset, ReadOnlyMemory<byte> Bytes);
