// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Training;

/// <summary>Puts documents together from chunks of text. A document goes on over the end of a chunk, and of a file.</summary>
/// <param name="add">Given each document that is whole and not empty.</param>
/// <param name="longestDocument">A document of so many tokens ends with the sentence that brings it there; what follows is another.</param>
internal sealed class DocumentBuilder(Action<Document> add, int longestDocument)
{
    private readonly List<int> _ids = [];
    private readonly List<int> _sentenceStarts = [0];
    private long _finished;

    /// <summary>Goes on with a chunk.</summary>
    public void Add(TokenizedChunk chunk)
    {
        int sentence = 0;
        foreach (int end in chunk.Breaks)
        {
            AddSentences(chunk, sentence, end);
            Finish();
            sentence = end;
        }

        AddSentences(chunk, sentence, chunk.SentenceEnds.Length);
    }

    /// <summary>Ends the document that is being read.</summary>
    public void Finish()
    {
        if (_ids.Count > 0)
        {
            add(new Document(_finished++, [.. _ids], [.. _sentenceStarts]));
            _ids.Clear();
            _sentenceStarts.RemoveRange(1, _sentenceStarts.Count - 1);
        }
    }

    private void AddSentences(TokenizedChunk chunk, int first, int end)
    {
        while (first < end)
        {
            int start = first == 0 ? 0 : chunk.SentenceEnds[first - 1];
            int shift = _ids.Count - start;
            do
            {
                _sentenceStarts.Add(chunk.SentenceEnds[first++] + shift);
            }
            while (first < end && _sentenceStarts[^1] < longestDocument);

            AddIds(chunk.Ids[start..chunk.SentenceEnds[first - 1]]);
            if (_ids.Count >= longestDocument)
            {
                Finish();
            }
        }
    }

    private void AddIds(ReadOnlySpan<int> ids)
    {
        int before = _ids.Count;
        CollectionsMarshal.SetCount(_ids, before + ids.Length);
        ids.CopyTo(CollectionsMarshal.AsSpan(_ids)[before..]);
    }
}
