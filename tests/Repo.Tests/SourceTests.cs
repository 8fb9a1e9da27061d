// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Repo.Tests;

/// <summary>The walls: sizes, licence lines and names.</summary>
public partial class SourceTests
{
    private const int LongestFile = 400, LongestLine = 140;

    private const string License = "// SPDX-License-Identifier: Apache-2.0";

    [Fact]
    public void Files_AreFound() => Assert.InRange(SourceFile.All.Count, 100, 5000);

    [Fact]
    public void Files_AreShort() => AssertNone(SourceFile.All
        .Where(file => file.Lines.Length > LongestFile)
        .Select(file => $"{file.Path} has {file.Lines.Length} lines, the wall is {LongestFile}"));

    [Fact]
    public void Lines_AreShort() => AssertNone(Lines()
        .Where(line => line.Text.Length > LongestLine)
        .Select(line => $"{line.Place} has {line.Text.Length} characters, the wall is {LongestLine}"));

    [Fact]
    public void Files_BeginWithTheirLicense() => AssertNone(SourceFile.All
        .Where(file => file.Lines.FirstOrDefault() != License)
        .Select(file => $"{file.Path} does not begin with {License}"));

    [Fact]
    public void Names_SayWhatAThingIs() => AssertNone(Lines()
        .Where(line => VagueType().IsMatch(line.Text))
        .Select(line => $"{line.Place}: {line.Text.Trim()}")
        .Concat(SourceFile.All.Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file.Path))).Select(file => file.Path)));

    [Fact]
    public void Code_HasNoRegionsAndNoUnfinishedBusiness() => AssertNone(Lines()
        .Where(line => Unfinished().IsMatch(line.Text) && !line.Place.StartsWith("tests/Repo.Tests/", StringComparison.Ordinal))
        .Select(line => $"{line.Place}: {line.Text.Trim()}"));

    private static IEnumerable<(string Place, string Text)> Lines() =>
        SourceFile.All.SelectMany(file => file.Lines.Select((text, i) => ($"{file.Path}:{i + 1}", text)));

    private static void AssertNone(IEnumerable<string> complaints)
    {
        string[] all = [.. complaints];
        Assert.True(all.Length == 0, $"{all.Length}:\n{string.Join('\n', all)}");
    }

    [GeneratedRegex("Helper|Utils|Manager|Common")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum) \w*(Helper|Utils|Manager|Common)")]
    private static partial Regex VagueType();

    [GeneratedRegex(@"^\s*#region|\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();
}
