// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>A text, the vocabulary of <see cref="RandomTexts"/>, and runs on them.</summary>
internal sealed class PretrainRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PretrainRun(string text)
    {
        File.WriteAllText(_folder.File("text"), text);
        File.WriteAllText(_folder.File("vocab"), RandomTexts.VocabularyText);
    }

    /// <summary>Short examples from the text, into one file.</summary>
    public PretrainDataOptions Options => new()
    {
        InputFile = _folder.File("text"),
        OutputFile = _folder.File("out"),
        VocabFile = _folder.File("vocab"),
        MaxSeqLength = 32,
        MaxPredictionsPerSeq = 5,
    };

    /// <summary>Names of all files there are.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(_folder.Path).Select(path => Path.GetFileName(path));

    /// <summary>Runs and gives the first file.</summary>
    public static byte[] Bytes(PretrainDataOptions options)
    {
        Run(options);
        return File.ReadAllBytes(options.OutputFile.Split(',')[0]);
    }

    /// <summary>Runs and gives the examples of the only file.</summary>
    public static List<StoredExample> Examples(PretrainDataOptions options)
    {
        Run(options);
        return StoredExample.ReadAll(options.OutputFile, options);
    }

    /// <summary>Runs.</summary>
    public static PretrainDataResult Run(PretrainDataOptions options) =>
        new PretrainDataWriter(options, _ => { }).Run(TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
