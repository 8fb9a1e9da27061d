// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>What a file or folder is called while it is being written: <c>.model.safetensors.partial</c> for model.safetensors, beside
/// it. The same thing has always the same name, so that what a killed process left is used again or found.</summary>
public static class PartialName
{
    private const string Begin = ".", End = ".partial";

    /// <summary>The name for the time of writing.</summary>
    /// <param name="path">What is to be.</param>
    public static string For(string path) => Path.Combine(Path.GetDirectoryName(path)!, Begin + Path.GetFileName(path) + End);

    /// <summary>Deletes what killed processes left half-written in a folder.</summary>
    /// <param name="folder">Exists; only what lies in it directly is looked at.</param>
    /// <param name="isOurs">Whether a file or folder of this name, once whole, would be one of the caller's: others stay.</param>
    public static void DeleteLeftovers(string folder, Func<string, bool> isOurs)
    {
        foreach (string path in Directory.GetFileSystemEntries(folder, $"{Begin}*{End}"))
        {
            if (!isOurs(Path.GetFileName(path)[Begin.Length..^End.Length]))
            {
                continue;
            }

            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
    }
}
