// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;

namespace BertManaged.Repo.Tests;

/// <summary>The peers and their native libraries stay outside of the build.</summary>
public class PeersTests
{
    private static string Note { get; } = File.ReadAllText(Repository.File("docs", "decisions", "0010-peers-outside-the-build.md"));

    [Fact]
    public void Packages_OfPeers_AreExplainedInTheirNote() =>
        Assert.All(ProjectFile.Peers.Packages, package => Assert.Contains($"| {package} |", Note));

    [Fact]
    public void Packages_OfPeers_HaveTheirVersionBesideThem()
    {
        XDocument versions = XDocument.Load(Repository.File("bench", "Peers", "Directory.Packages.props"));
        Assert.Equal(
            ProjectFile.Peers.Packages.Order(StringComparer.Ordinal),
            versions.Descendants("PackageVersion").Select(version => version.Attribute("Include")!.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Packages_OfPeers_AreUsedByNoOtherProject() => Assert.All(
        ProjectFile.All, project => Assert.Empty(project.Packages.Intersect(ProjectFile.Peers.Packages)));

    [Fact]
    public void Project_OfPeers_IsInNoSolution()
    {
        string solution = Assert.Single(Directory.GetFiles(Repository.Root, "*.sln*"));
        Assert.DoesNotContain("Peers", File.ReadAllText(solution), StringComparison.Ordinal);
    }

    [Fact]
    public void Project_OfPeers_IsReferencedByNoOther() =>
        Assert.All(ProjectFile.All, project => Assert.DoesNotContain("Peers", project.Projects));

    [Fact]
    public void Sources_OfPeers_AreNotCompiledByTheBenchmarks()
    {
        string project = File.ReadAllText(Repository.File("bench", "bench.csproj"));
        Assert.Contains("$(DefaultItemExcludes);Peers/**", project, StringComparison.Ordinal);
    }
}
