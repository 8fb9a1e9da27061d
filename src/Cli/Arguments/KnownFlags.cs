// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The flags of a verb by name, whether written --do_train or --do-train.</summary>
internal sealed class KnownFlags
{
    private readonly Command _verb;
    private readonly Dictionary<string, IFlag> _flags;

    public KnownFlags(Command verb)
    {
        _verb = verb;
        _flags = verb.Options.OfType<IFlag>().SelectMany(flag => flag.Aliases.Prepend(flag.Name).Select(name => (Canonical(name), flag)))
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Finds what an argument names.</summary>
    /// <param name="written">Without its value, with its dashes.</param>
    /// <param name="isNegated">Whether it was written with "no" before its name.</param>
    /// <exception cref="OptionsException">There is no such flag; the message names the nearest one.</exception>
    public IFlag Find(string written, out bool isNegated)
    {
        string name = Canonical(written);
        isNegated = false;
        if (_flags.TryGetValue(name, out IFlag? flag))
        {
            return flag;
        }

        isNegated = true;
        return name.StartsWith("no", StringComparison.Ordinal) && _flags.TryGetValue(name[2..].TrimStart('_'), out flag) && flag.IsBoolean
            ? flag
            : throw Unknown(written, name);
    }

    private OptionsException Unknown(string written, string name)
    {
        string help = $"'{HelpPage.FullName(_verb)} --help' lists all";
        return new OptionsException(_flags.Count == 0
            ? $"unknown flag {written}; {help}"
            : $"unknown flag {written}; the nearest known one is {_flags[NearestName.Of(name, _flags.Keys)].Name}, and {help}");
    }

    private static string Canonical(string name) => name.TrimStart('-').Replace('-', '_');
}
