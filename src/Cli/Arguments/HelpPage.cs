// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.CommandLine.Invocation;

namespace BertManaged.Cli;

/// <summary>What <c>--help</c> prints: usage, verbs or flags by group with their defaults, examples.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int TextColumn = 34;

    /// <summary>A verb with the program's name and the verbs above it.</summary>
    public static string FullName(Command verb) =>
        verb.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{FullName(parent)} {verb.Name}" : verb.Name;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, Console.Out);
        return ExitCode.Done;
    }

    /// <summary>Writes the page of a verb, or the overview of a command with verbs.</summary>
    public static void Write(Command verb, TextWriter output)
    {
        output.WriteLine(verb.Description);
        output.WriteLine();
        output.WriteLine($"Usage: {Usage(verb)}");
        if (verb.Aliases.Count > 0)
        {
            output.WriteLine($"Alias: {string.Join(", ", verb.Aliases)}");
        }

        WriteRows(output, "", verb.Arguments.Select(argument => ($"  {argument.Name}", argument.Description ?? "")));
        WriteRows(output, "Verbs", verb.Subcommands.Select(sub => ($"  {Title(sub)}", sub.Description ?? "")));
        foreach (IGrouping<string, IFlag> group in verb.Options.OfType<IFlag>().GroupBy(flag => flag.Group))
        {
            WriteRows(output, group.Key, group.Select(flag => ($"  {flag.Name}{ValueOf(flag)}", Text(flag))));
        }

        WriteExamples(output, verb);
    }

    private static void WriteExamples(TextWriter output, Command verb)
    {
        if (verb is Verb { Examples.Count: > 0 } withExamples)
        {
            output.WriteLine();
            output.WriteLine(withExamples.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (string example in withExamples.Examples)
            {
                output.WriteLine($"  {example}");
            }
        }
    }

    private static void WriteRows(TextWriter output, string heading, IEnumerable<(string Left, string Right)> rows)
    {
        (string Left, string Right)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        output.WriteLine();
        if (heading.Length > 0)
        {
            output.WriteLine($"{heading}:");
        }

        foreach ((string left, string right) in all)
        {
            output.WriteLine(
                left.Length < TextColumn ? $"{left.PadRight(TextColumn)}{right}" : $"{left}\n{new string(' ', TextColumn)}{right}");
        }
    }

    private static string Usage(Command verb)
    {
        string operands = string.Concat(verb.Arguments.Select(argument => $" {argument.Name}"));
        return $"{FullName(verb)}{(verb.Subcommands.Count > 0 ? " VERB" : operands)} [flags]";
    }

    private static string Title(Command verb) => verb.Aliases.Count == 0 ? verb.Name : $"{verb.Name} ({string.Join(", ", verb.Aliases)})";

    private static string ValueOf(IFlag flag) => flag.IsBoolean || flag.ValueName.Length == 0 ? "" : $"={flag.ValueName}";

    private static string Text(IFlag flag)
    {
        string aliases = string.Concat(flag.Aliases.Select(alias => $" (or {alias})"));
        return flag switch
        {
            { IsRequired: true } => $"{flag.Description}{aliases} (required)",
            { DefaultText: { } value } => $"{flag.Description}{aliases} [{value}]",
            _ => $"{flag.Description}{aliases}",
        };
    }
}
