// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Repo.Tests;

/// <summary>What documents point at is there.</summary>
public partial class DocumentTests
{
    [Fact]
    public void Links_LeadToFiles()
    {
        string[] documents =
        [
            .. Directory.EnumerateFiles(Repository.Root, "*.md"),
            .. Directory.EnumerateFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories),
        ];
        string[] broken = [.. documents.SelectMany(Broken)];
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    private static IEnumerable<string> Broken(string document) =>
        from Match link in Link().Matches(File.ReadAllText(document))
        let target = link.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
        let path = Path.Combine(Path.GetDirectoryName(document)!, target.Split('#')[0])
        where !Path.Exists(path)
        select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
