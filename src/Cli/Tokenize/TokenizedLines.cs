// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Cli;

/// <summary>Tokenizes texts and pairs, with or without [CLS] and [SEP].</summary>
internal sealed class TokenizedLines
{
    private readonly BertTokenizer _tokenizer;
    private readonly bool _withSpecialTokens;
    private readonly int _classId, _separatorId;
    private readonly List<int> _ids = [];

    /// <exception cref="VocabularyException">Special tokens are asked for, and the vocabulary lacks them.</exception>
    public TokenizedLines(BertTokenizer tokenizer, bool withSpecialTokens)
    {
        (_tokenizer, _withSpecialTokens) = (tokenizer, withSpecialTokens);
        if (withSpecialTokens)
        {
            (_classId, _separatorId) = (tokenizer.Vocabulary.IdOf("[CLS]"), tokenizer.Vocabulary.IdOf("[SEP]"));
        }
    }

    /// <summary>The ids alone; the list is reused by the next call.</summary>
    public IReadOnlyList<int> Ids(TextPair pair)
    {
        _ids.Clear();
        if (_withSpecialTokens)
        {
            _ids.Add(_classId);
        }

        AddIds(pair.TextA, isAlways: true);
        AddIds(pair.TextB, isAlways: false);
        return _ids;
    }

    /// <summary>Tokens with ids and offsets.</summary>
    public IReadOnlyList<PairToken> Tokens(TextPair pair)
    {
        var tokens = new List<PairToken>();
        AddSpecial(tokens, _classId, 0);
        AddTokens(tokens, pair.TextA, 0);
        AddSpecial(tokens, _separatorId, 0);
        int first = tokens.Count;
        AddTokens(tokens, pair.TextB ?? "", 1);
        if (tokens.Count > first)
        {
            AddSpecial(tokens, _separatorId, 1);
        }

        return tokens;
    }

    /// <summary>A second text without tokens has no [SEP], as in Google's code.</summary>
    private void AddIds(string? text, bool isAlways)
    {
        int before = _ids.Count;
        _tokenizer.Encode(text, _ids);
        if (_withSpecialTokens && (isAlways || _ids.Count > before))
        {
            _ids.Add(_separatorId);
        }
    }

    private void AddTokens(List<PairToken> tokens, string text, int typeId) =>
        tokens.AddRange(_tokenizer.Tokenize(text).Select(token => new PairToken(token.Text, token.Id, token.Start, token.End, typeId)));

    private void AddSpecial(List<PairToken> tokens, int id, int typeId)
    {
        if (_withSpecialTokens)
        {
            tokens.Add(new PairToken(_tokenizer.Vocabulary[id], id, 0, 0, typeId));
        }
    }
}
