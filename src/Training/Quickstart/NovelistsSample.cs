// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The data of the quickstart, which the program carries within it: who of three novelists wrote this passage?</summary>
/// <remarks>samples/novelists/README.md says where it comes from and how it was made.</remarks>
internal static class NovelistsSample
{
    /// <summary>The column of the label; that of the text is "text".</summary>
    public const string LabelColumn = "author";

    /// <summary>The files of the folder. The test set is the dev set: all of it is predicted, to be looked at.</summary>
    private static readonly (string Name, string Resource)[] Files =
    [
        ("train.tsv", "train.tsv"), ("dev.tsv", "dev.tsv"), ("test.tsv", "dev.tsv"), ("vocab.txt", "vocab.txt"),
            ("config.json", "config.json"),
    ];

    /// <summary>Refuses a folder where a file of the same name holds something else.</summary>
    /// <exception cref="OptionsException">There is one.</exception>
    public static void CheckMayWrite(string folder)
    {
        foreach ((string name, string resource) in Files)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(Read(resource)))
            {
                throw new OptionsException(
                    $"{path} is there already and is not the quickstart's; "
                    + "pass --overwrite_output_dir to replace it, or choose another --output_dir");
            }
        }
    }

    /// <summary>Writes the files into a folder, which is made if need be.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, string resource) in Files)
        {
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Read(resource)));
        }

        return [.. Files.Select(file => Path.Combine(folder, file.Name))];
    }

    /// <summary>The content of a file of the sample.</summary>
    public static byte[] Read(string resource)
    {
        using Stream stream = typeof(NovelistsSample).Assembly.GetManifestResourceStream($"novelists/{resource}")
            ?? throw new InvalidOperationException($"The assembly lacks its resource novelists/{resource}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
