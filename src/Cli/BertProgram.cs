// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The program: its verbs, and how arguments reach them.</summary>
internal static class BertProgram
{
    private static string Version { get; } =
        typeof(BertProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        try
        {
            return Dispatch(arguments);
        }
        catch (Exception e)
        {
            Console.Out.Flush();
            return Failure.Report(e, Console.Error);
        }
    }

    private static int Dispatch(string[] arguments)
    {
        Command root = CreateRoot();
        if (arguments is [])
        {
            HelpPage.Write(root, Console.Out);
            return ExitCode.Done;
        }

        if (arguments is ["--version"])
        {
            Console.Out.WriteLine($"bert {Version}");
            return ExitCode.Done;
        }

        ParseResult result = root.Parse(FlagNormalizer.Normalize(root, arguments), Configuration);
        if (result.Action is not HelpPage)
        {
            RequireNoErrors(result);
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static ParserConfiguration Configuration { get; } = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private static Command CreateRoot()
    {
        var root = new Command("bert", "BERT in managed C#, as the 2018 paper and Google's code define it.")
        {
            new ClassifyCommand(),
            new VocabCommand(),
            new PretrainDataCommand(),
            new PretrainCommand(),
            new FillMaskCommand(),
            new TokenizeCommand(),
            new InspectCommand(),
            new ExportCommand(),
            new GradCheckCommand(),
            new DevicesCommand(),
            new BenchCommand(),
            new QuickstartCommand(),
        };
        root.Options.Add(new HelpOption("--help") { Recursive = true, Action = new HelpPage() });
        return root;
    }

    private static void RequireNoErrors(ParseResult result)
    {
        if (result.CommandResult.Command is { Subcommands.Count: > 0 } parent)
        {
            throw new OptionsException(
                $"{HelpPage.FullName(parent)} needs one of {string.Join(", ", parent.Subcommands.Select(sub => sub.Name))}");
        }

        if (result.UnmatchedTokens is [{ } unexpected, ..])
        {
            throw new OptionsException(
                $"unexpected argument '{unexpected}'; flags begin with -- and are written --name=value, see "
                + $"'{HelpPage.FullName(result.CommandResult.Command)} --help'");
        }

        if (result.Errors is [{ } error, ..])
        {
            throw new OptionsException(error.Message);
        }
    }
}
