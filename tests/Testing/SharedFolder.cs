// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Testing;

/// <summary>The folder of reference outputs, models and data sets that are not part of the repository.
/// Tests that need it are skipped, by name and with the reason, where it is absent.</summary>
public static class SharedFolder
{
    private static string Root { get; } =
        Environment.GetEnvironmentVariable("BERTMANAGED_SHARED") ?? Repository.File("..", "shared");

    /// <summary>Whether the folder is there.</summary>
    public static bool Exists => Directory.Exists(Root);

    /// <summary>The full path of a file or folder in it, or a skipped test.</summary>
    public static string Path(string relative)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, relative));
        if (!Exists)
        {
            Assert.Skip($"needs the shared folder ({System.IO.Path.GetFullPath(Root)} is absent; set BERTMANAGED_SHARED)");
        }

        Assert.True(File.Exists(path) || Directory.Exists(path), $"{path} is missing from the shared folder");
        return path;
    }
}
