// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>One line of a task's file: a sentence or a pair of them, with what is to be said about it.</summary>
/// <param name="Guid">Name of the example within the task, as Google's processors build it ("dev-17").</param>
/// <param name="TextA">First text, untouched.</param>
/// <param name="TextB">Second text of a pair; null where the task has one text.</param>
/// <param name="Label">Label as the file spells it; null where the file gives none (most test sets).</param>
/// <param name="Row">Line of the file where the example begins, from 1, for messages.</param>
public sealed record InputExample(string Guid, string TextA, string? TextB, string? Label, int Row);
