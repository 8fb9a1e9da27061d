// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;

namespace BertManaged.Repo.Tests;

/// <summary>Every package has a version in one place and a reason in one note.</summary>
public class DependencyTests
{
    private static string Note { get; } = File.ReadAllText(Repository.File("docs", "decisions", "0001-dependencies.md"));

    private static string[] Versioned { get; } =
    [
        .. XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(version => version.Attribute("Include")!.Value),
    ];

    [Fact]
    public void Packages_AreExplainedInTheNote() => Assert.All(Versioned, package => Assert.Contains($"| {package} |", Note));

    [Fact]
    public void Packages_OfProjects_HaveAVersion() =>
        Assert.All(ProjectFile.All.SelectMany(project => project.Packages), package => Assert.Contains(package, Versioned));

    [Fact]
    public void Packages_OfTheNote_AreInUse()
    {
        IEnumerable<string> rows = Note.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim());
        Assert.All(rows.Where(name => name is not ("package" or "---")), name => Assert.Contains(name, Versioned));
    }
}
