// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Testing;

/// <summary>Where the clone is.</summary>
public static class Repository
{
    /// <summary>The folder of BertManaged.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path inside the clone.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "BertManaged.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"BertManaged.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
