// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>The parts of a text, waiting on the disk, and what each of them will take in memory.</summary>
internal sealed class TextParts : IDisposable
{
    // More would take more memory to wait than to be worked on: rather larger ones.
    private const int MostParts = 1024;

    private readonly DocumentBytes _bytes;
    private readonly PartSpill _spill;
    private readonly long[] _tokens, _sentences, _documents;

    /// <param name="folder">Where they wait.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="vocabulary">Bounds the ids.</param>
    /// <exception cref="IOException">They cannot wait there.</exception>
    public TextParts(string folder, int count, Vocabulary vocabulary)
    {
        Count = count;
        _bytes = new DocumentBytes(vocabulary.Count);
        (_tokens, _sentences, _documents) = (new long[count], new long[count], new long[count]);
        _spill = new PartSpill(folder, count);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Bytes in memory, whatever is on the disk.</summary>
    public long BufferBytes => (long)Count * PartSpill.BlockBytes;

    /// <summary>How many parts a text is cut into. It depends on the text's size alone, so that the examples do not depend on
    /// memory.</summary>
    /// <param name="textBytes">Size of the text.</param>
    /// <param name="options">Copies of each document, and the usual size of a part.</param>
    public static int CountFor(long textBytes, PretrainDataOptions options) =>
        (int)Math.Clamp(Math.Ceiling((double)textBytes * options.DupeFactor / options.PartBytes), 1, MostParts);

    /// <summary>Adds copies of a document, each to a part drawn by chance.</summary>
    /// <exception cref="IOException">There is no room for them.</exception>
    public void Spread(Document document, int copies, PythonRandom random)
    {
        ReadOnlySpan<byte> bytes = _bytes.Of(document);
        for (int copy = 0; copy < copies; copy++)
        {
            int part = random.NextBelow(Count);
            _spill.Append(part, bytes);
            _tokens[part] += document.Ids.Length;
            _sentences[part] += document.SentenceCount;
            _documents[part]++;
        }
    }

    /// <summary>The documents of a part, in the order of the text. Several threads may read at once.</summary>
    /// <exception cref="IOException">The disk cannot be read.</exception>
    public Document[] Read(int part) => _bytes.Parse(_spill.Read(part));

    /// <summary>Bytes of memory that the largest part takes: its documents, as they were on the disk too, and its examples.</summary>
    public long LargestNeed(MemoryNeed need) => Enumerable.Range(0, Count).Max(part =>
        (2 * MemoryNeed.Documents(_tokens[part], _sentences[part], _documents[part])) + (need.Example * ExamplesOf(part, need)));

    // No example has less than a sentence of its own.
    private long ExamplesOf(int part, MemoryNeed need) =>
        Math.Min(_sentences[part], (long)need.Examples(_tokens[part], _documents[part]));

    public void Dispose() => _spill.Dispose();
}
