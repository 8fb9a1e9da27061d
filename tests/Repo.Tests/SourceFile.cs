// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Repo.Tests;

/// <summary>A C# file of the repository.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    private static readonly string[] Roots = ["src", "tests", "bench", "samples"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Roots.SelectMany(In)];

    public bool IsIn(string folder) => Path.StartsWith($"{folder}/", StringComparison.Ordinal);

    private static IEnumerable<SourceFile> In(string root)
    {
        string folder = Repository.File(root);
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories) : [];
        return files.Where(IsSource).Order(StringComparer.Ordinal).Select(file => new SourceFile(Relative(file), File.ReadAllLines(file)));
    }

    private static bool IsSource(string file) => !Relative(file).Split('/').Any(part => part is "obj" or "bin" or "artifacts");

    private static string Relative(string file) => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
