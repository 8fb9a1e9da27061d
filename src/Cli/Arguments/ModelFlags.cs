// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The flags of all that trains that say which model.</summary>
/// <param name="vocabulary">What help says of the vocabulary.</param>
/// <param name="lowerCase">What help says of lower-casing.</param>
internal sealed class ModelFlags(string vocabulary, string lowerCase)
{
    /// <summary>Heading in help.</summary>
    public const string Group = "Model";

    public Flag<string?> Model { get; } =
        new("model", Group, "Hugging Face folder or released .zip: weights, config and vocabulary at once", FlagValues.Text("PATH"));

    public Flag<string?> InitCheckpoint { get; } =
        new("init_checkpoint", Group, "first weights: prefix, folder, .zip or .safetensors [random]", FlagValues.Text("PATH"));

    public Flag<string?> ConfigFile { get; } =
        new("bert_config_file", Group, "bert_config.json or config.json [the model's]", FlagValues.Text("FILE"));

    public Flag<string?> VocabFile { get; } = new("vocab_file", Group, vocabulary, FlagValues.Text("FILE"));

    public Flag<bool?> LowerCase { get; } = new("do_lower_case", Group, lowerCase, FlagValues.Optional(FlagValues.Boolean));

    public Flag<GeluForm?> Gelu { get; } = new(
        "gelu", Group, "form of \"gelu\" [as the config's publisher computes it]",
        FlagValues.Optional(FlagValues.OneOf(("erf", GeluForm.Erf), ("tanh", GeluForm.Tanh))));

    /// <summary>Options with what these flags say.</summary>
    public RunOptions Apply(ParseResult arguments, RunOptions options) => options with
    {
        Model = arguments.GetValue(Model),
        InitCheckpoint = arguments.GetValue(InitCheckpoint),
        BertConfigFile = arguments.GetValue(ConfigFile),
        VocabFile = arguments.GetValue(VocabFile),
        DoLowerCase = arguments.GetValue(LowerCase),
        Gelu = arguments.GetValue(Gelu),
    };
}
