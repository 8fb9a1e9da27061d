// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert quickstart</c>: trains a small BERT on the bundled novelists and shows what it learnt.</summary>
internal sealed class QuickstartCommand : Verb
{
    public QuickstartCommand()
        : base("quickstart", "Train a small BERT from scratch on the bundled novelists, in minutes, with no download.")
    {
    }

    protected override int Run(ParseResult arguments) => throw new OptionsException("quickstart is not part of this build");
}
