// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Neighbouring tokens of a document.</summary>
/// <param name="Document">Its index among all.</param>
/// <param name="Start">The first token.</param>
/// <param name="Length">How many.</param>
internal readonly record struct TokenRange(int Document, int Start, int Length)
{
    /// <summary>Their ids.</summary>
    public ReadOnlySpan<int> Of(Document[] documents) => documents[Document].Ids.Slice(Start, Length);
}
