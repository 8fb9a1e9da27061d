// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>What making examples needs to know of a vocabulary.</summary>
/// <remarks>create_pretraining_data.py (google-research/bert, eedf571) handles tokens as strings and looks ids up at the end. Ids do
/// the same here because the tokenizer gives a string one id only: the last of its lines. No token of a text can be "[CLS]" or "[SEP]",
/// since brackets are words of their own, and one that begins with "##" continues a word, since "#" is such a word too.</remarks>
internal sealed class PretrainingVocabulary
{
    private const string ContinuationPrefix = "##";

    private readonly int[] _replacementIds;
    private readonly bool[] _isContinuation;

    /// <exception cref="VocabularyException">[CLS], [SEP] or [MASK] is missing.</exception>
    public PretrainingVocabulary(Vocabulary vocabulary)
    {
        ClassId = vocabulary.IdOf("[CLS]");
        SeparatorId = vocabulary.IdOf("[SEP]");
        MaskId = vocabulary.IdOf("[MASK]");

        _isContinuation = new bool[vocabulary.Count];
        _replacementIds = FindReplacements(vocabulary);
    }

    /// <summary>Id of [CLS].</summary>
    public int ClassId { get; }

    /// <summary>Id of [SEP].</summary>
    public int SeparatorId { get; }

    /// <summary>Id of [MASK].</summary>
    public int MaskId { get; }

    /// <summary>Ids that may stand in for a masked token, in the order of the vocabulary: all there are, special tokens too.</summary>
    public ReadOnlySpan<int> ReplacementIds => _replacementIds;

    /// <summary>Whether a token continues the word of the token before it.</summary>
    public bool IsContinuation(int id) => _isContinuation[id];

    // As the keys of Python's dictionary: a token that occurs twice has the place of its first line and the id of its last.
    private int[] FindReplacements(Vocabulary vocabulary)
    {
        List<int> ids = new(vocabulary.Count);
        bool[] isTaken = new bool[vocabulary.Count];
        foreach (string token in vocabulary.Tokens)
        {
            int id = vocabulary.IdOf(token);
            if (!isTaken[id])
            {
                isTaken[id] = true;
                _isContinuation[id] = token.StartsWith(ContinuationPrefix, StringComparison.Ordinal);
                ids.Add(id);
            }
        }

        return [.. ids];
    }
}
