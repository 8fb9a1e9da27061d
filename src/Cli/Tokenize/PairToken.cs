// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>A token of one of two texts.</summary>
/// <param name="Text">As the vocabulary has it.</param>
/// <param name="Id">Its id.</param>
/// <param name="Start">Where it begins in its text, in UTF-16 units; 0 for special tokens.</param>
/// <param name="End">Where it ends, exclusive; 0 for special tokens.</param>
/// <param name="TypeId">0 for the first text, 1 for the second.</param>
internal readonly record struct PairToken(string Text, int Id, int Start, int End, int TypeId);
