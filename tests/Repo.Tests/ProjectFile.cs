// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;

namespace BertManaged.Repo.Tests;

/// <summary>A .csproj of the repository.</summary>
/// <param name="Name">Of the project.</param>
/// <param name="Folder">src, tests, bench, samples, or bench/Peers, which is no part of the build.</param>
/// <param name="Projects">Names of the projects that it references.</param>
/// <param name="Packages">Names of the packages that it references.</param>
internal sealed record ProjectFile(string Name, string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    /// <summary>Where what others made is measured.</summary>
    public const string PeersFolder = "bench/Peers";

    /// <summary>All that the build has.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } =
    [
        .. new[] { "src", "tests", "bench", "samples" }
            .SelectMany(folder => Files(folder).Where(file => !IsOfPeers(file)).Select(file => Read(folder, file))),
    ];

    /// <summary>The project of the peers.</summary>
    public static ProjectFile Peers { get; } = Read(PeersFolder, Repository.File("bench", "Peers", "Peers.csproj"));

    private static IEnumerable<string> Files(string folder) => Directory.Exists(Repository.File(folder))
        ? Directory.EnumerateFiles(Repository.File(folder), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [];

    private static bool IsOfPeers(string file) =>
        Path.GetRelativePath(Repository.Root, file).Replace('\\', '/').StartsWith($"{PeersFolder}/", StringComparison.Ordinal);

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
