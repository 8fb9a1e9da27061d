// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Classify;

/// <summary>A folder as Google's runs had it: model/ is the unpacked archive, data/ the tasks.</summary>
internal sealed class GoogleRun : IDisposable
{
    private const string Goldens = "goldens/google/classify";

    public GoogleRun()
    {
        // Before anything is made that a skipped test would leave behind.
        string archive = SharedFolder.Path("goldens/google/checkpoint-tiny/uncased_L-3_H-20_A-4.zip");
        Folder = new TemporaryFolder();
        Folder.Unpack(archive, "model");
        Folder.CopyOf(SharedFolder.Path($"{Goldens}/data"), "data");
    }

    public TemporaryFolder Folder { get; }

    /// <summary>The text of a file that Google's program wrote.</summary>
    public static string Golden(string name) => File.ReadAllText(SharedFolder.Path($"{Goldens}/{name}"));

    /// <summary>Puts the fine-tuned checkpoint of a task into a folder.</summary>
    public void CopyCheckpoint(string task, string name) => Folder.CopyOf(SharedFolder.Path($"{Goldens}/{task}/checkpoint"), name);

    /// <summary>Runs a command line of Google's program, the program's name replaced.</summary>
    public BertResult Run(params string[] arguments) =>
        new Bert { WorkingDirectory = Folder.Path }.RunWith(["run_classifier", .. arguments]);

    public void Dispose() => Folder.Dispose();
}
