// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;

namespace BertManaged.Repo.Tests;

/// <summary>A .csproj of the repository.</summary>
/// <param name="Name">Of the project.</param>
/// <param name="Folder">src, tests or bench.</param>
/// <param name="Projects">Names of the projects that it references.</param>
/// <param name="Packages">Names of the packages that it references.</param>
internal sealed record ProjectFile(string Name, string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. new[] { "src", "tests", "bench", "samples" }.SelectMany(folder => Files(folder).Select(file => Read(folder, file)))];

    private static IEnumerable<string> Files(string folder) => Directory.Exists(Repository.File(folder))
        ? Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    private static ProjectFile Read(string folder, string file)
    {
        XElement root = XDocument.Load(file).Root!;
        return new ProjectFile(
            Path.GetFileNameWithoutExtension(file), folder,
            [.. References(root, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. References(root, "PackageReference")]);
    }

    private static IEnumerable<string> References(XElement root, string kind) =>
        root.Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
