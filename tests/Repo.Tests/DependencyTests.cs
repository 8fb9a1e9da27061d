// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;

namespace BertManaged.Repo.Tests;

/// <summary>Every package has a version in one place and a reason in one note.</summary>
public class DependencyTests
{
    private static string Note { get; } = File.ReadAllText(Repository.File("docs", "decisions", "0001-dependencies.md"));

    private static string[] Versioned { get; } = [.. Includes(Repository.File("Directory.Packages.props"), "PackageVersion")];

    /// <summary>Packages of projects, and those that the test projects have in common.</summary>
    private static string[] Used { get; } =
    [
        .. ProjectFile.All.SelectMany(project => project.Packages)
            .Concat(Includes(Repository.File("tests", "Directory.Build.props"), "PackageReference")).Distinct(),
    ];

    [Fact]
    public void Packages_AreExplainedInTheNote() => Assert.All(Used, package => Assert.Contains($"| {package} |", Note));

    [Fact]
    public void Packages_HaveTheirVersionInOnePlace() => Assert.All(Used, package => Assert.Contains(package, Versioned));

    [Fact]
    public void Packages_OfTheNote_AreInUse()
    {
        string[] rows =
            [.. Note.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim())];
        Assert.All(rows.Where(name => name != "package"), name => Assert.Contains(name, Used));
    }

    private static IEnumerable<string> Includes(string file, string element) =>
        XDocument.Load(file).Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
