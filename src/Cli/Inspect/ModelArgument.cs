// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The operand MODEL of the verbs that look into one.</summary>
internal sealed class ModelArgument : Argument<string?>
{
    public ModelArgument()
        : base("MODEL")
    {
        Arity = ArgumentArity.ZeroOrOne;
        Description = "Hugging Face folder, TensorFlow prefix or folder, released .zip, or .safetensors";
    }

    /// <exception cref="OptionsException">It is missing.</exception>
    public string Read(ParseResult arguments) =>
        arguments.GetValue(this) ?? throw new OptionsException($"MODEL is missing: expected a {Description}");
}
