// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Training;

/// <summary>Puts documents together from chunks of text. A document goes on over the end of a chunk, and of a file.</summary>
/// <param name="add">Given each document that is whole and not empty.</param>
internal sealed class DocumentBuilder(Action<Document> add)
{
    private readonly List<int> _ids = [];
    private readonly List<int> _sentenceStarts = [0];

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
            add(new Document([.. _ids], [.. _sentenceStarts]));
            _ids.Clear();
            _sentenceStarts.RemoveRange(1, _sentenceStarts.Count - 1);
        }
    }

    private void AddSentences(TokenizedChunk chunk, int first, int end)
    {
        int start = first == 0 ? 0 : chunk.SentenceEnds[first - 1];
        int shift = _ids.Count - start;
        foreach (int sentenceEnd in chunk.SentenceEnds[first..end])
        {
            _sentenceStarts.Add(sentenceEnd + shift);
        }

        CollectionsMarshal.SetCount(_ids, _ids.Count + (first == end ? 0 : chunk.SentenceEnds[end - 1] - start));
        chunk.Ids[start..(_ids.Count - shift)].CopyTo(CollectionsMarshal.AsSpan(_ids)[(start + shift)..]);
    }
}
