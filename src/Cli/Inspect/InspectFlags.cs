// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>What the verbs that run a model have in common.</summary>
internal sealed class InspectFlags
{
    private readonly ModelArgument _model = new();
    private readonly Flag<string?> _config =
        new("bert_config_file", "Model", "config [the one beside the weights]", FlagValues.Text("FILE"));
    private readonly Flag<GeluForm?> _gelu = new(
        "gelu", "Model", "form of \"gelu\" [as the config's publisher computes it]",
        FlagValues.Optional(FlagValues.OneOf(("erf", GeluForm.Erf), ("tanh", GeluForm.Tanh))));

    private readonly Flag<BackendKind> _backend = SharedFlags.Backend();
    private readonly Flag<int?> _threads = SharedFlags.Threads();
    private readonly Flag<string?> _output =
        new("output", SharedFlags.Output, "file to write", FlagValues.Text("FILE.safetensors")) { IsRequired = true };

    public void AddTo(Command verb)
    {
        verb.Arguments.Add(_model);
        foreach (Option option in new Option[] { _config, _gelu, _backend, _threads, _output })
        {
            verb.Options.Add(option);
        }
    }

    public InspectedModel OpenModel(ParseResult arguments) =>
        new(_model.Read(arguments), arguments.GetValue(_config), arguments.GetValue(_gelu));

    public IBackend CreateBackend(ParseResult arguments) => Backends.Create(arguments.GetValue(_backend), arguments.GetValue(_threads));

    /// <summary>Where to write: values of the reference backend keep their 64 bits.</summary>
    public TensorDump CreateDump(ParseResult arguments, IBackend backend) =>
        new(backend, isDouble: arguments.GetValue(_backend) == BackendKind.Reference, arguments.GetRequiredValue(_output)!);
}
