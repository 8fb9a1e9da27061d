// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

/// <summary>The word pieces of a BERT model: line number of the vocabulary file = id. Immutable.</summary>
/// <remarks>Reads as load_vocab of google-research/bert tokenization.py (eedf571) does: lines are stripped of Python's whitespace, a
/// blank line consumes an id, and of a token that occurs twice the last id counts.</remarks>
public sealed class Vocabulary
{
    private readonly List<string> _tokens;
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;

    private Vocabulary(List<string> tokens, string sourceName)
    {
        _tokens = tokens;
        SourceName = sourceName;
        _ids = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (int id = 0; id < tokens.Count; id++)
        {
            _ids[tokens[id]] = id;
        }

        _idsBySpan = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The file that the vocabulary was read from, as error messages name it.</summary>
    public string SourceName { get; }

    /// <summary>Number of lines, blank and repeated ones included: ids are in [0, Count).</summary>
    public int Count => _tokens.Count;

    /// <summary>All tokens by id.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The token of an id.</summary>
    /// <param name="id">Id in [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no such id.</exception>
    public string this[int id] => (uint)id < (uint)_tokens.Count
        ? _tokens[id]
        : throw new ArgumentOutOfRangeException(nameof(id), $"{SourceName}: ids are in [0, {Count}), but the id asked for is {id}.");

    /// <summary>Reads a vocabulary file.</summary>
    /// <param name="path">Path of a vocab.txt.</param>
    /// <exception cref="VocabularyException">The file is empty or not UTF-8.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Vocabulary Load(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a vocabulary from the bytes of a file.</summary>
    /// <param name="utf8">The file's content: one token a line.</param>
    /// <param name="sourceName">What to call it in error messages.</param>
    /// <exception cref="VocabularyException">There is no line, or a line is not UTF-8.</exception>
    public static Vocabulary Parse(ReadOnlySpan<byte> utf8, string sourceName)
    {
        List<string> tokens = VocabularyLines.Read(utf8, sourceName);
        return tokens.Count > 0
            ? new Vocabulary(tokens, sourceName)
            : throw new VocabularyException($"{sourceName}: expected a vocabulary with one token a line, found an empty file.");
    }

    /// <summary>A vocabulary that is in memory already.</summary>
    internal static Vocabulary Of(IEnumerable<string> tokens, string sourceName) => new([.. tokens], sourceName);

    /// <summary>Looks a token up, case-sensitively.</summary>
    /// <param name="token">The token, with its "##" if it continues a word.</param>
    /// <param name="id">Its id, or 0 where there is none.</param>
    /// <returns>Whether the vocabulary has the token.</returns>
    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _idsBySpan.TryGetValue(token, out id);

    /// <summary>The id of a token that has to be there.</summary>
    /// <param name="token">The token, with its "##" if it continues a word.</param>
    /// <exception cref="VocabularyException">The vocabulary lacks it.</exception>
    public int IdOf(string token) => _ids.TryGetValue(token, out int id)
        ? id
        : throw new VocabularyException(
            $"{SourceName}: expected the token '{token}' among the {Count} lines, found none; " +
            "use the vocabulary that belongs to the model.");
}
