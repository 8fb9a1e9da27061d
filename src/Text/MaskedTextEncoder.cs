// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

/// <summary>Makes the input of a model out of a text in which [MASK] is written. Safe for use by many threads at once.</summary>
/// <remarks>
/// Google's tokenizer knows no special tokens in a text: it makes five words or so of "[MASK]". So the text is cut at every "[MASK]",
/// written exactly so, the parts are tokenized each on its own, and the one token is put between them: what Hugging Face's
/// tokenizers do with their added tokens. Other special tokens in the text stay ordinary text.
/// </remarks>
public sealed class MaskedTextEncoder
{
    /// <summary>What stands for a token to be found.</summary>
    public const string MaskToken = "[MASK]";

    private readonly BertTokenizer _tokenizer;
    private readonly int _classId, _separatorId, _maskId;

    /// <summary>Looks up the special tokens.</summary>
    /// <param name="tokenizer">Tokenizer of the model.</param>
    /// <exception cref="VocabularyException">The vocabulary lacks [CLS], [SEP] or [MASK].</exception>
    public MaskedTextEncoder(BertTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _classId = tokenizer.Vocabulary.IdOf("[CLS]");
        _separatorId = tokenizer.Vocabulary.IdOf("[SEP]");
        _maskId = tokenizer.Vocabulary.IdOf(MaskToken);
    }

    /// <summary>Encodes a text, whole however long it is.</summary>
    /// <param name="text">May hold no [MASK], one or several.</param>
    /// <exception cref="VocabularyException">A word is unknown and the vocabulary has no [UNK].</exception>
    public MaskedText Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> ids = [_classId];
        List<int> positions = [];
        string[] parts = text.Split(MaskToken);
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                positions.Add(ids.Count);
                ids.Add(_maskId);
            }

            _tokenizer.Encode(parts[i], ids);
        }

        ids.Add(_separatorId);
        return new MaskedText([.. ids], new int[ids.Count], [.. positions]);
    }
}
