// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary><c>bert inspect gradients</c>: loss, logits and the gradient of every parameter.</summary>
internal sealed class InspectGradientsCommand : Verb
{
    private const string Input = "Input";

    private const string BatchDescription =
        "JSON of ragged lists: input_ids, token_type_ids, and labels or masked_lm_*, next_sentence_labels";

    private static readonly FlagValue<LossKind?> Losses = FlagValues.Optional(FlagValues.OneOf(
        ("classify", LossKind.Classify), ("regression", LossKind.Regression),
        ("masked-lm", LossKind.MaskedLm), ("pretrain", LossKind.Pretrain)));

    private readonly InspectFlags _flags = new();
    private readonly Flag<LossKind?> _task =
        new("task", Input, "which head and loss, as Google defines it; dropout is off", Losses) { IsRequired = true };
    private readonly Flag<string?> _batch = new("batch", Input, BatchDescription, FlagValues.Text("FILE.json")) { IsRequired = true };

    public InspectGradientsCommand()
        : base("gradients", "Write loss, logits and grad/<name> for every parameter.")
    {
        Options.Add(_task);
        Options.Add(_batch);
        _flags.AddTo(this);
        Examples = ["bert inspect gradients MODEL --task classify --batch batch.json --backend reference --output gradients.safetensors"];
    }

    protected override int Run(ParseResult arguments)
    {
        using InspectedModel model = _flags.OpenModel(arguments);
        var batch = new BatchFile(arguments.GetRequiredValue(_batch)!);
        batch.Tokens().Check(model.Config, batch.Wrong);
        using IBackend backend = _flags.CreateBackend(arguments);
        TensorDump dump = _flags.CreateDump(arguments, backend);
        dump.CheckFolder();

        var tape = new Tape(backend);
        TaskLoss loss = TaskLoss.Of(arguments.GetRequiredValue(_task)!.Value, model, batch, tape);
        foreach ((string name, Variable output) in loss.Outputs)
        {
            dump.Add(name, output.Value);
        }

        tape.Backward(loss.Loss, loss.Parameters);
        foreach (Parameter parameter in loss.Parameters)
        {
            dump.Add($"grad/{parameter.Name}", parameter.Gradient!);
        }

        dump.Write();
        return ExitCode.Done;
    }
}
