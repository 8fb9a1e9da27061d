// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Training;

/// <summary>Pairs whose masks are drawn later, and apart: it has the words that they are drawn from. Used again for the
/// next ones.</summary>
internal sealed class PairBatch
{
    /// <summary>Pairs of a batch: enough that handing it on costs nothing.</summary>
    public const int MostPairs = 512;

    private readonly PythonRandom _recorded = PythonRandom.OfRecordedWords();
    private readonly MaskDrawing _drawing;
    private readonly List<SegmentPair> _pairs = new(MostPairs);
    private readonly List<uint> _words = [];
    private readonly List<MaskedToken> _masked = [];
    private readonly List<int> _ends = new(MostPairs);

    /// <param name="documents">All documents.</param>
    /// <param name="vocabulary">Special tokens and replacements.</param>
    /// <param name="options">Lengths and probabilities.</param>
    public PairBatch(Document[] documents, PretrainingVocabulary vocabulary, PretrainDataOptions options) =>
        _drawing = new MaskDrawing(documents, vocabulary, options, _recorded);

    /// <summary>Whether it has all the pairs that it may have.</summary>
    public bool IsFull => _pairs.Count == MostPairs;

    /// <summary>Adds a pair and steps over its masks.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="random">The stream.</param>
    /// <param name="masks">Steps over masks in it.</param>
    public void Add(in SegmentPair pair, PythonRandom random, MaskDrawing masks)
    {
        _pairs.Add(pair);
        random.StartRecording(_words);
        masks.Skip(pair);
        random.StopRecording();
    }

    /// <summary>Draws the masks of all pairs.</summary>
    public void DrawMasks()
    {
        _recorded.Replay(_words);
        foreach (ref readonly SegmentPair pair in CollectionsMarshal.AsSpan(_pairs))
        {
            _masked.AddRange(_drawing.Draw(pair));
            _ends.Add(_masked.Count);
        }
    }

    /// <summary>Hands the pairs on with their masks, and forgets them.</summary>
    public void MoveTo(InstanceList instances)
    {
        int start = 0;
        for (int i = 0; i < _pairs.Count; i++)
        {
            instances.Add(_pairs[i], CollectionsMarshal.AsSpan(_masked)[start.._ends[i]]);
            start = _ends[i];
        }

        _pairs.Clear();
        _words.Clear();
        _masked.Clear();
        _ends.Clear();
    }
}
