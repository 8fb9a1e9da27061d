// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;

namespace BertManaged.Cli;

/// <summary><c>bert export</c>: write a model for other programs.</summary>
internal sealed class ExportCommand : Command
{
    public ExportCommand()
        : base("export", "Write a model in a format of other programs.") => Add(new ExportOnnxCommand());
}
