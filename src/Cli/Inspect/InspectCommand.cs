// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;

namespace BertManaged.Cli;

/// <summary><c>bert inspect</c>: look inside a model.</summary>
internal sealed class InspectCommand : Command
{
    public InspectCommand()
        : base("inspect", "Look inside a model: its weights, every intermediate, every gradient.")
    {
        Add(new InspectWeightsCommand());
        Add(new InspectForwardCommand());
        Add(new InspectGradientsCommand());
    }
}
