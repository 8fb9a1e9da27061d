// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Cli.Tests;

/// <summary>What the documents show exists: command lines, excerpts of code, links.</summary>
public partial class DocumentTests
{
    private static readonly string[] Pages =
    [
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "samples/novelists/README.md", "bench/Peers/README.md",
        .. Directory.EnumerateFiles(Repository.File("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> AllPages => [.. Pages];

    public static TheoryData<string> Commands => [.. Pages.SelectMany(page => CommandLines(Read(page))).Distinct()];

    [Theory, MemberData(nameof(Commands))]
    public void CommandLine_InADocument_HasAVerbAndFlagsThatExist(string arguments)
    {
        string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        BertResult result = BertInside.Run([.. words, "--help"]).Succeeded();
        Assert.Contains("Usage: bert", result.Output);
    }

    [Fact]
    public void CommandLines_AreFound()
    {
        string[] found = [.. CommandLines(Read("README.md"))];
        Assert.Contains("quickstart", found);
        Assert.Contains("gradcheck --op LayerNorm --break LayerNorm", found);
        Assert.Contains("bench train --config bert-base --batch 8 --seq 128", found);
        Assert.Contains("export onnx --model bert-quickstart/model --output novelists.onnx", found);
        Assert.Contains("bench train --profile", CommandLines(Read("CONTRIBUTING.md")));
        Assert.Contains(
            found, line => line.StartsWith("classify --task_name=MRPC", StringComparison.Ordinal)
            && line.EndsWith("--output_dir=/tmp/mrpc_output/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bench")]
    [InlineData("inspect")]
    [InlineData("export")]
    public void Verb_OfAHelpPage_IsAmongTheCommandLines(string group)
    {
        string[] path = group.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string help = Bert.Run([.. path, "--help"]).Succeeded().Output;
        string[] verbs = [.. ListedVerb().Matches(help.Split("Verbs:")[1]).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(verbs);
        string[] found = [.. Pages.SelectMany(page => CommandLines(Read(page)))];
        Assert.All(verbs, verb => Assert.Contains(
            found, line => $"{line} ".StartsWith($"{string.Join(' ', path.Append(verb))} ", StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(AllPages))]
    public void Excerpt_InADocument_IsInTheFileItNames(string page)
    {
        string[] lines = Read(page).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```csharp", StringComparison.Ordinal))
            {
                string file = SourceName().Match(lines[i - 1]).Groups[1].Value;
                string excerpt = string.Join('\n', lines.Skip(i + 1).TakeWhile(line => line != "```"));
                Assert.True(file.Length > 0, $"{page}, line {i}: expected <!-- path of the file --> above an excerpt");
                Assert.True(
                    Read(file).Contains(excerpt, StringComparison.Ordinal),
                    $"{page}, line {i + 1}: {file} no longer has this text; copy it anew");
            }
        }
    }

    [Theory, MemberData(nameof(AllPages))]
    public void Link_InADocument_LeadsToAFile(string page)
    {
        string folder = Path.GetDirectoryName(Repository.File(page))!;
        foreach (string target in Link().Matches(Read(page)).Select(match => match.Groups[1].Value))
        {
            Assert.True(Path.Exists(Path.Combine(folder, target)), $"{page} links to {target}, which is not there");
        }
    }

    /// <summary>The arguments of each command line of the program, in code blocks and in text.</summary>
    private static IEnumerable<string> CommandLines(string page)
    {
        string joined = page.Replace("\\\n", " ", StringComparison.Ordinal);
        return Command().Matches(joined).Select(match => Spaces().Replace(NoComment().Replace(match.Groups[1].Value, ""), " ").Trim())
            .Select(line => line.Replace("\"It was a dark night.\"", "text", StringComparison.Ordinal))
            .Where(line => line.Length > 0 && char.IsAsciiLetter(line[0]));
    }

    private static string Read(string file) => File.ReadAllText(Repository.File(file.Split('/'))).ReplaceLineEndings("\n");

    // At the beginning of a line of a block, behind its prompt or a pipe, behind dotnet run; or within back quotes.
    [GeneratedRegex(@"(?:^(?:\$ )?(?:.*\| )?|`)(?:bert|dotnet run -c Release --project src/Cli --) ([^`\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?m)^  (\w+) ")]
    private static partial Regex ListedVerb();

    [GeneratedRegex(" +# .*$")]
    private static partial Regex NoComment();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^<!-- (\S+) -->$")]
    private static partial Regex SourceName();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();
}
