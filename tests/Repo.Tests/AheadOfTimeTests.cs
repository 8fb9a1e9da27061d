// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BertManaged.Repo.Tests;

/// <summary>Every library but Gpu, which compiles kernels at run time, may be trimmed and compiled ahead: the analyzers are on, their
/// warnings are errors, and nothing silences them.</summary>
public partial class AheadOfTimeTests
{
    private const string Setting = "IsAotCompatible", Exceptions = "'$(MSBuildProjectName)' != 'Gpu' and '$(MSBuildProjectName)' != 'Cli'";

    private static readonly string[] Others = ["Gpu", "Cli"];

    public static TheoryData<string> Libraries =>
        [.. ProjectFile.All.Where(project => project.Folder == "src").Select(project => project.Name).Except(Others)];

    [Fact]
    public void Analyzers_AreOnForAllButGpuAndTheProgram()
    {
        XElement setting = Assert.Single(XDocument.Load(Repository.File("src/Directory.Build.props")).Descendants(Setting));
        Assert.Equal("true", setting.Value);
        Assert.Equal(Exceptions, setting.Attribute("Condition")?.Value);
        Assert.Contains("<TreatWarningsAsErrors>true<", File.ReadAllText(Repository.File("Directory.Build.props")));
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Library_SilencesNoWarning(string name)
    {
        Assert.DoesNotMatch(Silencer(), File.ReadAllText(Repository.File($"src/{name}/{name}.csproj")));
        Assert.All(
            SourceFile.All.Where(file => file.IsIn($"src/{name}")),
            file => Assert.DoesNotContain(file.Lines, line => Silencer().IsMatch(line)));
    }

    [Theory]
    [InlineData("#pragma warning disable IL2026")]
    [InlineData("[UnconditionalSuppressMessage(\"Trimming\", \"IL2070\")]")]
    [InlineData("[RequiresUnreferencedCode(\"reads by reflection\")]")]
    [InlineData("<NoWarn>$(NoWarn);IL3050</NoWarn>")]
    [InlineData("<IsTrimmable>false</IsTrimmable>")]
    public void Silencer_IsRecognised(string line) => Assert.Matches(Silencer(), line);

    [GeneratedRegex(@"\bIL[23]\d{3}\b|UnconditionalSuppressMessage|Requires(UnreferencedCode|DynamicCode|AssemblyFiles)"
        + @"|IsTrimmable|IsAotCompatible|Enable(Trim|Aot|SingleFile)Analyzer|SuppressTrimAnalysisWarnings")]
    private static partial Regex Silencer();
}
