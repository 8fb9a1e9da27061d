// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Cli.Tests;

/// <summary>Every command line of the README names a verb and flags that there are.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void CommandLines_OfTheReadme_Exist()
    {
        string readme = Repository.File("README.md");
        Assert.SkipUnless(File.Exists(readme), "there is no README.md yet");
        string text = string.Join('\n', CodeBlock().Matches(File.ReadAllText(readme)).Select(block => block.Groups[1].Value));
        MatchCollection commands = CommandLine().Matches(text.Replace("\\\n", " ", StringComparison.Ordinal));
        Assert.NotEmpty(commands);
        Assert.All(commands, Check);
    }

    private static void Check(Match command)
    {
        string[] words = command.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] verb = words[0] == "inspect" ? words[..2] : words[..1];
        string help = Bert.Run([.. verb, "--help"]).Succeeded().Output;
        IEnumerable<string> flags = Flag().Matches(command.Value).Select(flag => flag.Groups[1].Value.Replace('-', '_'));
        Assert.All(flags.Where(flag => flag is not ("help" or "version")), flag => Assert.Contains($"--{flag}", help));
    }

    [GeneratedRegex("```[a-z]*\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?:^|/|\| )bert ([a-z_][^\n|#]*)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"--(?:no(?=do))?([a-z][a-z_-]*)")]
    private static partial Regex Flag();
}
