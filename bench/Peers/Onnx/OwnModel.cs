// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Peers;

/// <summary>Our own model, with the outputs of an exported one.</summary>
internal sealed class OwnModel
{
    private readonly BertConfig _config;
    private readonly ParameterSource _source;
    private readonly int? _classes;
    private readonly BertModel _bert;
    private readonly Linear? _classifier;

    /// <param name="source">Where its weights are from.</param>
    /// <param name="config">Its sizes.</param>
    /// <param name="classes">Outputs of its head; null for none.</param>
    public OwnModel(ParameterSource source, BertConfig config, int? classes)
    {
        (_config, _source, _classes) = (config, source, classes);
        _bert = new BertModel(source.At("bert"), config);
        _classifier = classes is { } outputs ? new Linear(source.At("classifier"), config.HiddenSize, outputs) : null;
    }

    /// <summary>The outputs under the names of the exported graph.</summary>
    public Dictionary<string, double[]> Run(Tape tape, PackedBatch batch)
    {
        Variable hidden = _bert.SequenceOutput(tape, batch);
        Variable pooled = _bert.PooledOutput(tape, hidden, batch);
        return _classifier is null
            ? new() { ["last_hidden_state"] = Doubles(tape, hidden), ["pooler_output"] = Doubles(tape, pooled) }
            : new() { ["logits"] = Doubles(tape, _classifier.Forward(tape, pooled)) };
    }

    /// <summary>The graph with this model's weights.</summary>
    public OnnxGraph Graph(IBackend backend)
    {
        Dictionary<string, Parameter> parameters = _source.Parameters.ToDictionary(parameter => parameter.Name);
        return BertOnnx.Graph(_config, _classes is null ? OnnxHead.Pooled : OnnxHead.Classification, _classes ?? 0, name =>
        {
            var values = new float[parameters[name].Value.Length];
            backend.CopyToHost(parameters[name].Value, values);
            return values;
        });
    }

    private static double[] Doubles(Tape tape, Variable variable)
    {
        var values = new double[variable.Value.Length];
        tape.Backend.CopyToHost(variable.Value, values);
        return values;
    }
}
