// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.WordPieces;

/// <summary>Collects tokens with their text and offsets.</summary>
internal readonly struct TokenSink(Vocabulary vocabulary, List<Token> tokens) : ITokenSink
{
    public int Count => tokens.Count;

    public void Add(int id, int start, int end) => tokens.Add(new Token(vocabulary[id], id, start, end));

    public void Truncate(int count) => tokens.RemoveRange(count, tokens.Count - count);
}
