// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Rewrites arguments that follow absl's rules into ones that every parser reads alike: <c>--name=value</c>, in Google's
/// spelling. A boolean flag may stand alone, may be negated (<c>--nodo_train</c>), and never takes the next argument unless that is one
/// of absl's words for true and false.</summary>
internal sealed class FlagNormalizer
{
    private readonly List<string> _normal = [];
    private readonly IReadOnlyList<string> _arguments;
    private readonly KnownFlags _known;
    private int _next;

    private FlagNormalizer(Command root, IReadOnlyList<string> arguments)
    {
        _arguments = arguments;
        Command verb = root;
        for (; _next < arguments.Count && !IsFlag(arguments[_next]) && verb.Subcommands.Count > 0; _next++)
        {
            verb = Subverb(verb, arguments[_next]);
            _normal.Add(verb.Name);
        }

        _known = new KnownFlags(verb);
    }

    /// <summary>Arguments of the program, the verb first, to arguments for System.CommandLine.</summary>
    /// <exception cref="OptionsException">An unknown verb or flag, or a flag without its value.</exception>
    public static IReadOnlyList<string> Normalize(Command root, IReadOnlyList<string> arguments)
    {
        var normalizer = new FlagNormalizer(root, arguments);
        while (normalizer._next < arguments.Count)
        {
            normalizer.Take(arguments[normalizer._next++]);
        }

        return normalizer._normal;
    }

    private void Take(string argument)
    {
        if (argument is "--help" or "-help" or "-h" or "-?")
        {
            _normal.Add("--help");
        }
        else if (!IsFlag(argument))
        {
            _normal.Add(argument);
        }
        else if (argument.Split('=', 2) is [{ } name, { } value])
        {
            TakeWithValue(name, value);
        }
        else
        {
            TakeAlone(argument);
        }
    }

    private void TakeWithValue(string name, string value)
    {
        IFlag flag = _known.Find(name, out bool isNegated);
        if (isNegated)
        {
            throw new OptionsException($"{name}={value}: a flag with 'no' takes no value; write {flag.Name}={value} or {name}");
        }

        Add(flag, value);
    }

    private void TakeAlone(string name)
    {
        IFlag flag = _known.Find(name, out bool isNegated);
        bool hasNext = _next < _arguments.Count;
        if (isNegated)
        {
            Add(flag, "false");
        }
        else if (flag.IsBoolean)
        {
            bool takesNext = hasNext && FlagValues.Boolean.TryParse(_arguments[_next], out _);
            Add(flag, takesNext ? _arguments[_next++] : "true");
        }
        else if (hasNext && !IsFlag(_arguments[_next]))
        {
            Add(flag, _arguments[_next++]);
        }
        else
        {
            throw new OptionsException($"{name} needs a value: {flag.Name}={flag.ValueName}");
        }
    }

    private void Add(IFlag flag, string value)
    {
        if (value.Length == 0)
        {
            throw new OptionsException($"{flag.Name}= has an empty value; expected {flag.Name}={flag.ValueName}");
        }

        _normal.Add($"{flag.Name}={(flag.IsBoolean ? Boolean(flag, value) : value)}");
    }

    /// <summary>absl's words as the two that System.CommandLine knows.</summary>
    private static string Boolean(IFlag flag, string value) => FlagValues.Boolean.TryParse(value, out bool isTrue)
        ? isTrue ? "true" : "false"
        : throw new OptionsException($"{flag.Name}={value}: expected {FlagValues.Boolean.Allowed}");

    /// <summary>Whether an argument is a flag: a dash and a letter behind it. "-" is standard input, "-1" a number.</summary>
    private static bool IsFlag(string argument) =>
        argument is ['-', _, ..] && (char.IsAsciiLetter(argument[1]) || argument[1] == '?' || (argument[1] == '-' && argument.Length > 2));

    private static Command Subverb(Command verb, string name) =>
        verb.Subcommands.FirstOrDefault(sub => sub.Name == name || sub.Aliases.Contains(name))
        ?? throw new OptionsException(
            $"there is no '{name}' in {HelpPage.FullName(verb)}; expected {string.Join(", ", verb.Subcommands.Select(sub => sub.Name))} "
            + $"(did you mean {NearestName.Of(name, verb.Subcommands.SelectMany(sub => sub.Aliases.Append(sub.Name)))}?)");
}
