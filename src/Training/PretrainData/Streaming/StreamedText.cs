// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>A text that is larger than memory may be: each copy of a document goes to a part drawn by chance, the parts wait on the disk,
/// and the examples of one part after another are drawn and shuffled as Google's program does with a whole text. What comes out depends
/// on text, vocabulary, options and seed alone: not on memory, and not on threads.</summary>
/// <param name="inputs">The text.</param>
/// <param name="vocabulary">Its word pieces.</param>
/// <param name="options">What is asked for.</param>
/// <param name="tempDir">Where the parts wait.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class StreamedText(
    IReadOnlyList<string> inputs, Vocabulary vocabulary, PretrainDataOptions options, string tempDir, CancellationToken cancellation)
    : IExampleSource
{
    // About 2 MB of text: a document that is longer goes on as another one.
    private const int LongestDocument = 1 << 19;

    private readonly PretrainingVocabulary _special = new(vocabulary);
    private readonly MemoryNeed _need = new(options);
    private readonly TextParts _parts =
        new(tempDir, TextParts.CountFor(inputs.Sum(file => new FileInfo(file).Length), options), vocabulary);

    public long Documents { get; private set; }

    public long Tokens { get; private set; }

    /// <summary>Reads the text and spreads its documents over the parts.</summary>
    public void Read()
    {
        PythonRandom random = StreamOf(_parts.Count);
        DocumentReading.Read(
            inputs, new BertTokenizer(vocabulary, options.DoLowerCase), options.Jobs, LongestDocument, Spread, cancellation);

        void Spread(Document document)
        {
            (Documents, Tokens) = (Documents + 1, Tokens + document.Ids.Length);
            _parts.Spread(document, options.DupeFactor, random);
        }
    }

    public IEnumerable<ExampleFeatures> First(int count) =>
        Enumerable.Range(0, _parts.Count).SelectMany(part => Draw(part).First(count)).Take(count);

    /// <summary>Draws the examples of some parts, a thread for each, as many as memory has room for; writes them; and goes on with the
    /// next parts.</summary>
    /// <exception cref="OptionsException">Memory has no room for one.</exception>
    public void WriteTo(ExampleFiles files)
    {
        long part = _parts.LargestNeed(_need);
        int together = (int)Math.Min(options.Jobs, _need.RoomForParts(_parts.BufferBytes, part) / part);
        foreach (int[] numbers in Enumerable.Range(0, _parts.Count).Chunk(together))
        {
            List<DrawnExamples> drawn = [];
            new OrderedWork<int, DrawnExamples>(numbers, Draw, drawn.Add).Run(together);
            files.Write(drawn, options.Jobs, cancellation);
        }
    }

    public void Dispose() => _parts.Dispose();

    // Each copy of a document is one of its own here, so that every one is used once. Threads work on other parts meanwhile.
    private DrawnExamples Draw(int part) => new InstanceDrawing(_special, options with { Jobs = 1 }, cancellation).Draw(
        _parts.Read(part), copies: 1, StreamOf(part));

    // Seeded by one more word behind those of the seed.
    private PythonRandom StreamOf(int number) => new([.. PythonRandom.WordsOf(options.RandomSeed), (uint)number]);
}
