// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Flags of Google's programs that mean something to TPUs and TensorFlow only: accepted, so that documented command lines run,
/// and without effect.</summary>
internal sealed class TpuFlags
{
    private const string Group = "Accepted for Google's command lines, without effect";

    private readonly Flag<bool> _useTpu = new("use_tpu", Group, "only false: there is no TPU here", FlagValues.Boolean, "false");

    public TpuFlags() => All =
    [
        _useTpu,
        new Flag<string?>("tpu_name", Group, "of a Cloud TPU", FlagValues.Text("NAME")),
        new Flag<string?>("tpu_zone", Group, "of a Cloud TPU", FlagValues.Text("NAME")),
        new Flag<string?>("gcp_project", Group, "of a Cloud TPU", FlagValues.Text("NAME")),
        new Flag<string?>("master", Group, "TensorFlow master", FlagValues.Text("NAME")),
        new Flag<int>("num_tpu_cores", Group, "TPU cores", FlagValues.WholeNumber, "8"),
        new Flag<int>("iterations_per_loop", Group, "steps per TPU call", FlagValues.WholeNumber, "1000"),
    ];

    public IReadOnlyList<Option> All { get; }

    /// <exception cref="OptionsException">A TPU is asked for.</exception>
    public void Check(ParseResult arguments)
    {
        if (arguments.GetValue(_useTpu))
        {
            throw new OptionsException("--use_tpu=true: there is no TPU support here; leave the flag out to compute on the processor");
        }
    }
}
