// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>Google's way: all documents are in memory, then all examples, which are shuffled at the end.</summary>
/// <param name="inputs">The text.</param>
/// <param name="vocabulary">Its word pieces.</param>
/// <param name="options">What is asked for.</param>
/// <param name="cancellation">Ends it early.</param>
internal sealed class WholeText(
    IReadOnlyList<string> inputs, Vocabulary vocabulary, PretrainDataOptions options, CancellationToken cancellation) : IExampleSource
{
    private readonly PretrainingVocabulary _special = new(vocabulary);
    private DrawnExamples? _examples;

    public long Documents { get; private set; }

    public long Tokens { get; private set; }

    private DrawnExamples Examples => _examples ?? throw new InvalidOperationException("The text has not been read.");

    /// <summary>Reads the text and draws all examples.</summary>
    /// <exception cref="OptionsException">It takes more memory than there is.</exception>
    public void Read()
    {
        MemoryNeed need = new(options);
        need.RequireRoomForWholeText(inputs.Sum(file => new FileInfo(file).Length));
        try
        {
            ReadAndDraw();
        }
        catch (OutOfMemoryException e)
        {
            throw need.Exceeded(e);
        }
    }

    public IEnumerable<ExampleFeatures> First(int count) => Examples.First(count);

    public void WriteTo(ExampleFiles files) => files.Write([Examples], options.Jobs, cancellation);

    public void Dispose()
    {
    }

    private void ReadAndDraw()
    {
        List<Document> documents = [];
        DocumentReading.Read(
            inputs, new BertTokenizer(vocabulary, options.DoLowerCase), options.Jobs, int.MaxValue, documents.Add, cancellation);
        (Documents, Tokens) = (documents.Count, documents.Sum(document => (long)document.Ids.Length));
        if (Documents > 0)
        {
            _examples = new InstanceDrawing(_special, options, cancellation).Draw(
                [.. documents], options.DupeFactor, new PythonRandom(options.RandomSeed));
        }
    }
}
