// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;

namespace BertManaged.Training;

/// <summary>BERT as an ONNX graph of plain operators. Inputs and outputs have the names that Hugging Face's exporter gives them:
/// input_ids, attention_mask and token_type_ids, int64, [batch_size, sequence_length]; logits, or last_hidden_state and
/// pooler_output.</summary>
/// <remarks>A masked key gets −10000 added to its score, as in google-research/bert modeling.py.</remarks>
public sealed class BertOnnx
{
    private const string InputIds = "input_ids", AttentionMask = "attention_mask", TokenTypeIds = "token_type_ids";
    private const string LastHiddenState = "last_hidden_state", Pooled = "pooler_output", Logits = "logits";

    private static readonly OnnxDimension Batch = OnnxDimension.Dynamic("batch_size"), Sequence =
        OnnxDimension.Dynamic("sequence_length");

    private readonly OnnxGraphBuilder _graph = new();
    private readonly BertOnnxOps _ops;
    private readonly BertConfig _config;

    private BertOnnx(BertConfig config, Func<string, float[]> valuesOf) => (_config, _ops) = (config, new BertOnnxOps(_graph, valuesOf));

    /// <summary>Describes a model; no value is asked for before the graph is written.</summary>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="head">What the graph gives.</param>
    /// <param name="labelCount">Outputs of the classification head; ignored for other heads.</param>
    /// <param name="valuesOf">Values of a parameter by its name (<c>bert.pooler.dense.weight</c>), row-major, weights [out, in].</param>
    public static OnnxGraph Graph(BertConfig config, OnnxHead head, int labelCount, Func<string, float[]> valuesOf)
    {
        var bert = new BertOnnx(config, valuesOf);
        OnnxValue[] outputs = bert.Outputs(head, labelCount);
        string hidden = bert.Encoder(isOutput: head != OnnxHead.Classification);                     // [B, S, H]
        if (head != OnnxHead.HiddenState)
        {
            string pooled = bert.Pooler(hidden, isOutput: head == OnnxHead.Pooled);                  // [B, H]
            if (head == OnnxHead.Classification)
            {
                bert._ops.Linear("classifier", pooled, config.HiddenSize, labelCount, Logits);       // [B, C]
            }
        }

        OnnxValue[] inputs = [.. new[] { InputIds, AttentionMask, TokenTypeIds }
            .Select(name => new OnnxValue(name, ElementType.Int64, Batch, Sequence))];
        return bert._graph.Build("bert", inputs, outputs);
    }

    /// <summary>Writes a model as an .onnx file.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="graph">From <see cref="Graph"/>.</param>
    /// <exception cref="OptionsException">The model is larger than an .onnx file can be.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, OnnxGraph graph)
    {
        long length = OnnxWriter.Length(graph);
        if (length > OnnxWriter.LargestFile - (1 << 10))
        {
            throw new OptionsException(
                $"{path}: the model has {length} bytes as ONNX, but a file of protobuf holds at most {OnnxWriter.LargestFile} (2 GiB); "
                + "export a smaller model");
        }

        OnnxWriter.Write(path, graph, typeof(BertOnnx).Assembly.GetName().Version!.ToString(3));
    }

    private OnnxValue[] Outputs(OnnxHead head, int labelCount)
    {
        var hidden = new OnnxValue(LastHiddenState, ElementType.Float32, Batch, Sequence, new(_config.HiddenSize));
        return head switch
        {
            OnnxHead.Classification => [new OnnxValue(Logits, ElementType.Float32, Batch, new(labelCount))],
            OnnxHead.Pooled => [hidden, new OnnxValue(Pooled, ElementType.Float32, Batch, new(_config.HiddenSize))],
            _ => [hidden],
        };
    }

    private string Encoder(bool isOutput)
    {
        string hidden = Embeddings(), mask = MaskScores();
        var layer = new BertOnnxLayer(_graph, _ops, _config, mask);
        for (int i = 0; i < _config.NumHiddenLayers; i++)
        {
            bool isLast = i == _config.NumHiddenLayers - 1;
            hidden = layer.Add($"bert.encoder.layer.{i}", hidden, isLast && isOutput ? LastHiddenState : null);
        }

        return hidden;
    }

    /// <summary>Words, types and positions: [B, S] ids → [B, S, H].</summary>
    private string Embeddings()
    {
        const string Path = "bert.embeddings";
        string words = Rows("word", _config.VocabSize, InputIds);
        string types = Rows("token_type", _config.TypeVocabSize, TokenTypeIds);
        string positions = Rows("position", _config.MaxPositionEmbeddings, Positions());
        string sum = _graph.Node("Add", Path, _graph.Node("Add", Path, words, types), positions);
        return _ops.LayerNorm($"{Path}.LayerNorm", sum, _config.HiddenSize, _config.LayerNormEps);

        string Rows(string table, int rows, string ids) => _graph.Node(
            "Gather", $"{Path}.{table}_embeddings", _ops.Parameter($"{Path}.{table}_embeddings.weight", rows, _config.HiddenSize), ids);
    }

    /// <summary>0, 1, … for each sequence, [B, S].</summary>
    private string Positions()
    {
        const string Path = "bert.embeddings.position_ids";
        string shape = _graph.Node("Shape", Path, InputIds);
        string length = _graph.Node("Gather", Path, [shape, _ops.Integer(1)], [new OnnxAttribute("axis", 0L)]);
        string range = _graph.Node("Range", Path, _ops.Integer(0), length, _ops.Integer(1));
        return _graph.Node("Expand", Path, _ops.Unsqueeze(Path, range, 0), shape);
    }

    /// <summary>What is added to the scores of keys: 0, or −10000 for pads, [B, 1, 1, S].</summary>
    private string MaskScores()
    {
        const string Path = "bert.attention_mask";
        string keys = _ops.Unsqueeze(Path, _ops.Unsqueeze(Path, AttentionMask, 1), 2);
        string isReal = _graph.Node("Cast", Path, [keys], [new OnnxAttribute("to", 1L)]);
        return _graph.Node("Mul", Path, _graph.Node("Sub", Path, _ops.Number(1), isReal), _ops.Number(-10000));
    }

    /// <summary>The first row of each sequence, mapped: [B, S, H] → [B, H].</summary>
    private string Pooler(string hidden, bool isOutput)
    {
        const string Path = "bert.pooler";
        string first = _graph.Node("Gather", Path, [hidden, _ops.Integer(0)], [new OnnxAttribute("axis", 1L)]);
        string dense = _ops.Linear($"{Path}.dense", first, _config.HiddenSize, _config.HiddenSize);
        return isOutput ? _graph.NamedNode("Tanh", Pooled, [dense]) : _graph.Node("Tanh", Path, dense);
    }
}
