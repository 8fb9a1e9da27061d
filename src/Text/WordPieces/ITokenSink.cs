// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.WordPieces;

/// <summary>Takes the tokens one after another.</summary>
internal interface ITokenSink
{
    /// <summary>Number of tokens held.</summary>
    int Count { get; }

    /// <summary>Appends a token.</summary>
    void Add(int id, int start, int end);

    /// <summary>Forgets all tokens from an index on.</summary>
    void Truncate(int count);
}
