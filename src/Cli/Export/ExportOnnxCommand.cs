// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert export onnx</c>: a model as an .onnx file.</summary>
internal sealed class ExportOnnxCommand : Verb
{
    private const string Group = "Model";

    private readonly Flag<string?> _model = new(
        "model", Group, "Hugging Face folder, TensorFlow prefix or folder, released .zip, or .safetensors", FlagValues.Text("PATH"))
    { IsRequired = true };

    private readonly Flag<string?> _config =
        new("bert_config_file", Group, "config [the one beside the weights]", FlagValues.Text("FILE"));

    private readonly Flag<GeluForm?> _gelu = new(
        "gelu", Group, "form of \"gelu\" [as the config's publisher computes it]",
        FlagValues.Optional(FlagValues.OneOf(("erf", GeluForm.Erf), ("tanh", GeluForm.Tanh))));

    private readonly Flag<string?> _output =
        new("output", SharedFlags.Output, "file to write", FlagValues.Text("FILE.onnx")) { IsRequired = true };

    public ExportOnnxCommand()
        : base("onnx", "Write a model as an ONNX graph: logits, or last_hidden_state and pooler_output where it has no classifier.")
    {
        foreach (Option option in new Option[] { _model, _config, _gelu, _output })
        {
            Options.Add(option);
        }

        Examples = ["bert export onnx --model mrpc_output --output mrpc.onnx"];
    }

    protected override int Run(ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_output)!;
        CheckOutput(path);
        using var interruption = new Interruption();
        using var model = new InspectedModel(
            arguments.GetRequiredValue(_model)!, arguments.GetValue(_config), arguments.GetValue(_gelu));
        using IBackend backend = Backends.Create(BackendKind.Cpu, threads: 1);
        ParameterSource source = model.Source(backend);
        OnnxHead head = Load(model, source);
        Dictionary<string, Parameter> parameters = source.Parameters.ToDictionary(parameter => parameter.Name);
        OnnxGraph graph = BertOnnx.Graph(model.Config, head, model.HeadOutputs ?? 0, name =>
        {
            interruption.Token.ThrowIfCancellationRequested();
            return Values(backend, parameters[name].Value);
        });
        try
        {
            BertOnnx.Write(path, graph);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(Interruption.NothingWritten);
            return interruption.Code;
        }

        Console.Out.WriteLine($"{path}: {string.Join(", ", graph.Outputs.Select(output => output.Name))}");
        return ExitCode.Done;
    }

    /// <summary>Reads what the checkpoint has: made-up weights are not exported.</summary>
    private static OnnxHead Load(InspectedModel model, ParameterSource source)
    {
        if (model.HeadOutputs is { } outputs)
        {
            var classifier = new BertForSequenceClassification(source, model.Config, outputs);
            model.RequireStored(classifier.Parameters.Select(parameter => parameter.Name), source, "its classification head");
            return OnnxHead.Classification;
        }

        _ = new BertModel(source.At("bert"), model.Config);
        return source.Initialised.Count == 0 ? OnnxHead.Pooled : OnnxHead.HiddenState;
    }

    private static float[] Values(IBackend backend, Tensor tensor)
    {
        var values = new float[tensor.Length];
        backend.CopyToHost(tensor, values);
        return values;
    }

    private static void CheckOutput(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder) || Directory.Exists(path))
        {
            throw new OptionsException(Directory.Exists(path)
                ? $"--output={path}: expected a file to write, found a folder"
                : $"--output={path}: there is no folder {folder}; make it first");
        }

        if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            // A slip would otherwise replace the weights that are read.
            throw new OptionsException($"--output={path}: expected a name that ends in .onnx");
        }
    }
}
