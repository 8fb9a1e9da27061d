// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>A verb of the program. Each has a file of its own.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description) => SetAction(RunChecked);

    /// <summary>What help shows below the flags: command lines to copy.</summary>
    public IReadOnlyList<string> Examples { get; protected init; } = [];

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    protected abstract int Run(ParseResult arguments);

    private int RunChecked(ParseResult arguments)
    {
        foreach (IFlag flag in Options.OfType<IFlag>())
        {
            if (flag.IsRequired && arguments.GetResult((Option)flag) is null)
            {
                throw new OptionsException($"{flag.Name} is required: {flag.Description}");
            }
        }

        return Run(arguments);
    }
}
