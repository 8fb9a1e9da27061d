// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Learning;

/// <summary>The pieces of a vocabulary that comes to be, in the order of their ids.</summary>
internal sealed class PieceList
{
    private const string ContinuationPrefix = "##";

    private readonly List<string> _tokens = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _beginnings = [], _continuations = [];

    /// <summary>All tokens by id.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>Adds a token unless it is there.</summary>
    /// <returns>Its id.</returns>
    public int Add(string token)
    {
        if (_ids.TryAdd(token, _tokens.Count))
        {
            _tokens.Add(token);
        }

        return _ids[token];
    }

    /// <summary>Adds a character as the beginning or the continuation of words.</summary>
    public void Add(int codePoint, bool isContinuation)
    {
        string text = char.ConvertFromUtf32(codePoint);
        (isContinuation ? _continuations : _beginnings)[codePoint] = Add(isContinuation ? ContinuationPrefix + text : text);
    }

    /// <summary>The id of a character that was added.</summary>
    public int IdOf(int codePoint, bool isContinuation) => (isContinuation ? _continuations : _beginnings)[codePoint];

    /// <summary>Adds what two neighbouring pieces spell together. Two pairs may spell the same: then it is one piece.</summary>
    /// <returns>Its id.</returns>
    public int AddMerged(PiecePair pair) => Add(_tokens[pair.Left] + _tokens[pair.Right][ContinuationPrefix.Length..]);
}
