// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary><c>bert inspect forward</c>: every named intermediate of a forward pass.</summary>
internal sealed class InspectForwardCommand : Verb
{
    private readonly InspectFlags _flags = new();
    private readonly ForwardInput _input = new();

    public InspectForwardCommand()
        : base("forward", "Write every named intermediate of a forward pass, all rows of all layers, packed.")
    {
        _input.AddTo(this);
        _flags.AddTo(this);
        Examples =
        [
            "bert inspect forward MODEL --text 'the man went to the store' --output forward.safetensors",
            "bert inspect forward MODEL --ids '101 7592 102' --backend reference --output forward.safetensors",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        using InspectedModel model = _flags.OpenModel(arguments);
        PackedBatch batch = _input.Read(arguments, model).Pack();
        using IBackend backend = _flags.CreateBackend(arguments);
        TensorDump dump = _flags.CreateDump(arguments, backend);
        dump.CheckFolder();
        Compute(model, new Tape(backend, isRecording: false) { Observer = dump, WantsAllRows = true }, batch);
        dump.Write();
        return ExitCode.Done;
    }

    /// <summary>As far as the checkpoint's own weights go: nothing that depends on made-up ones is written.</summary>
    private static void Compute(InspectedModel model, Tape tape, PackedBatch batch)
    {
        ParameterSource source = model.Source(tape.Backend);
        if (model.HeadOutputs is { } outputs)
        {
            var classifier = new BertForSequenceClassification(source, model.Config, outputs);
            model.RequireStored(source.Parameters.Select(parameter => parameter.Name), source, "its classification head");
            classifier.Logits(tape, batch);
            return;
        }

        var bert = new BertModel(source.At("bert"), model.Config);
        Variable sequenceOutput = bert.SequenceOutput(tape, batch);
        if (source.Initialised.Count == 0)
        {
            bert.PooledOutput(tape, sequenceOutput, batch);
            Console.Error.WriteLine("the checkpoint has no classification head: no logits");
        }
        else
        {
            Console.Error.WriteLine("the checkpoint has no pooler: neither bert.pooler nor logits");
        }
    }
}
