// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>What help and the reading of arguments need to know of a flag, whatever its type.</summary>
internal interface IFlag
{
    /// <summary>With its dashes, in Google's spelling: <c>--do_train</c>.</summary>
    string Name { get; }

    /// <summary>Other names that do as well, with their dashes: other verbs call the same so.</summary>
    ICollection<string> Aliases { get; }

    /// <summary>One line.</summary>
    string? Description { get; }

    /// <summary>The heading that help shows it under.</summary>
    string Group { get; }

    /// <summary>What may stand behind it, as help shows it.</summary>
    string ValueName { get; }

    /// <summary>Its default as a user would write it; null for none.</summary>
    string? DefaultText { get; }

    /// <summary>Whether it may stand alone, and be negated by "no".</summary>
    bool IsBoolean { get; }

    /// <summary>Whether the verb cannot do without.</summary>
    bool IsRequired { get; }
}
