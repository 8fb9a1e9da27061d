// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Repo.Tests;

/// <summary>Who may know whom.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Tensors"] = [],
        ["Autograd"] = ["Tensors"],
        ["Model"] = ["Autograd", "Tensors"],
        ["Text"] = [],
        ["Formats"] = [],
        ["Training"] = ["Autograd", "Formats", "Model", "Tensors", "Text"],
        ["Gpu"] = ["Tensors"],
        ["Cli"] = ["Autograd", "Formats", "Gpu", "Model", "Tensors", "Text", "Training"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    [Fact]
    public void Projects_AreThoseOfTheDesign() => Assert.Equal(
        Arrows.Keys.Order(StringComparer.Ordinal), ProjectFile.All.Where(project => project.Folder == "src")
            .Select(project => project.Name));

    [Theory, MemberData(nameof(Projects))]
    public void Project_References_AreTheArrowsOfTheDesign(string name)
    {
        ProjectFile project = ProjectFile.All.Single(project => project.Folder == "src" && project.Name == name);
        Assert.Equal(Arrows[name], project.Projects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TransitiveReferences_AreOff() =>
        Assert.Contains("<DisableTransitiveProjectReferences>true<", File.ReadAllText(Repository.File("Directory.Build.props")));

    [Fact]
    public void Ilgpu_IsReferencedByGpuAlone()
    {
        string[] users = [.. ProjectFile.All.Where(project => project.Packages.Any(IsIlgpu)).Select(project => project.Name)];
        Assert.Contains("Gpu", users);
        Assert.All(users, user => Assert.Contains(user, new[] { "Gpu", "Gpu.Tests", "bench" }));
        Assert.All(
            SourceFile.All.Where(file => file.Lines.Any(line => line.StartsWith("using ILGPU", StringComparison.Ordinal))),
            file => Assert.True(file.IsIn("src/Gpu") || file.IsIn("tests/Gpu.Tests") || file.IsIn("bench"), file.Path));
    }

    [Fact]
    public void Backends_ArePickedByTheProgramInOnePlace()
    {
        string[] constructions = ["new CpuBackend(", "new ReferenceBackend(", "new GpuBackend("];
        IEnumerable<SourceFile> users = SourceFile.All.Where(file =>
            file.IsIn("src") && file.Lines.Any(line => constructions.Any(text => line.Contains(text, StringComparison.Ordinal))));
        Assert.All(users, file => Assert.Equal("src/Cli/Backends.cs", file.Path));
    }

    [Fact]
    public void Console_IsKnownToTheProgramAlone() => Assert.All(
        SourceFile.All.Where(file => file.IsIn("src") && !file.IsIn("src/Cli")),
        file => Assert.DoesNotContain(file.Lines, line => line.Contains("Console.", StringComparison.Ordinal)));

    private static bool IsIlgpu(string package) => package.StartsWith("ILGPU", StringComparison.Ordinal);
}
