// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.CommandLine.Parsing;

namespace BertManaged.Cli;

/// <summary>A flag of a verb. It may be given several times; all values must be well-formed, the last one counts.</summary>
internal sealed class Flag<T> : Option<T>, IFlag
{
    private readonly FlagValue<T> _value;

    /// <summary>A flag without default.</summary>
    /// <param name="name">In Google's spelling, without dashes: <c>do_train</c>.</param>
    /// <param name="group">Heading in help.</param>
    /// <param name="description">One line.</param>
    /// <param name="value">What may stand behind it.</param>
    public Flag(string name, string group, string description, FlagValue<T> value)
        : base($"--{name}")
    {
        (_value, Group, Description) = (value, group, description);
        Arity = ArgumentArity.OneOrMore;
        CustomParser = Parse;
    }

    /// <summary>A flag with a default.</summary>
    /// <param name="name">As above.</param>
    /// <param name="group">As above.</param>
    /// <param name="description">As above.</param>
    /// <param name="value">As above.</param>
    /// <param name="defaultText">The default as a user would write it.</param>
    public Flag(string name, string group, string description, FlagValue<T> value, string defaultText)
        : this(name, group, description, value)
    {
        DefaultText = value.TryParse(defaultText, out T parsed)
            ? defaultText
            : throw new ArgumentException(defaultText, nameof(defaultText));
        DefaultValueFactory = _ => parsed;
    }

    public string Group { get; }

    public string ValueName => _value.Name;

    public string? DefaultText { get; }

    public bool IsBoolean { get; } = typeof(T) == typeof(bool) || typeof(T) == typeof(bool?);

    public bool IsRequired { get; init; }

    /// <summary>Adds another name, without dashes.</summary>
    public Flag<T> Or(string alias)
    {
        Aliases.Add($"--{alias}");
        return this;
    }

    private T? Parse(ArgumentResult result)
    {
        T? value = default;
        foreach (Token token in result.Tokens)
        {
            if (!_value.TryParse(token.Value, out value))
            {
                result.AddError($"{Name}={token.Value}: expected {_value.Allowed}");
                return default;
            }
        }

        return value;
    }
}
