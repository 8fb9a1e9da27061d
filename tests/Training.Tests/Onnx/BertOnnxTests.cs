// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests.Onnx;

/// <summary>An exported model is the model: read and computed by code that shares nothing with it.</summary>
public sealed class BertOnnxTests : IDisposable
{
    private static readonly BertConfig Config = new()
    {
        VocabSize = 30,
        HiddenSize = 12,
        NumHiddenLayers = 2,
        NumAttentionHeads = 3,
        IntermediateSize = 20,
        MaxPositionEmbeddings = 16,
        InitializerRange = 0.5,
        LayerNormEps = 1e-6,
    };

    private static readonly int[][] Ids = [[2, 5, 29, 3], [2, 6, 7, 8, 11, 1, 3]], Types = [[0, 0, 1, 1], [0, 0, 0, 1, 1, 1, 1]];

    private readonly TemporaryFolder _folder = new();
    private readonly ReferenceBackend _backend = new();
    private readonly Dictionary<string, Parameter> _parameters = [];

    public static TheoryData<HiddenActivation> Activations => [.. Enum.GetValues<HiddenActivation>()];

    public void Dispose()
    {
        _backend.Dispose();
        _folder.Dispose();
    }

    [Theory, MemberData(nameof(Activations))]
    public void Encoder_PaddedAndMasked_GivesTheRowsOfTheModel(HiddenActivation activation)
    {
        BertConfig config = Config with { HiddenAct = activation };
        var model = new BertModel(Source().At("bert"), config);
        var tape = new Tape(_backend, isRecording: false);
        Variable hidden = model.SequenceOutput(tape, new PackedBatch(Ids, Types));
        Variable pooled = model.PooledOutput(tape, hidden, new PackedBatch(Ids, Types));

        Dictionary<string, Dense> values = OnnxEvaluator.Run(Export(config, OnnxHead.Pooled), Padded());
        AssertNear(Doubles(hidden), RealRows(values["last_hidden_state"]));
        AssertNear(Doubles(pooled), values["pooler_output"].Values);
    }

    [Fact]
    public void Classifier_GivesTheLogitsOfTheModel()
    {
        var model = new BertForSequenceClassification(Source(), Config, labelCount: 5);
        Variable logits = model.Logits(new Tape(_backend, isRecording: false), new PackedBatch(Ids, Types));
        OnnxFile file = Export(Config, OnnxHead.Classification, 5);
        AssertNear(Doubles(logits), OnnxEvaluator.Run(file, Padded())["logits"].Values);
        Assert.Equal(["logits: float[batch_size, 5]"], file.Outputs);
    }

    [Fact]
    public void Interface_IsThatOfHuggingFacesExporter()
    {
        _ = new BertModel(Source().At("bert"), Config);
        OnnxFile file = Export(Config, OnnxHead.Pooled);
        Assert.Equal(
            ["input_ids: int64[batch_size, sequence_length]", "attention_mask: int64[batch_size, sequence_length]",
            "token_type_ids: int64[batch_size, sequence_length]"],
            file.Inputs);
        Assert.Equal(
            ["last_hidden_state: float[batch_size, sequence_length, 12]", "pooler_output: float[batch_size, 12]"], file.Outputs);
        Assert.Equal(
            ["last_hidden_state: float[batch_size, sequence_length, 12]"], Export(Config, OnnxHead.HiddenState).Outputs);
    }

    [Fact]
    public void Graph_ReadsNothingBeforeItIsThere_AndHasEveryParameterOnce()
    {
        _ = new BertForSequenceClassification(Source(), Config, labelCount: 2);
        OnnxFile file = Export(Config, OnnxHead.Classification, 2);
        HashSet<string> known = [.. file.Constants.Keys, "input_ids", "attention_mask", "token_type_ids"];
        foreach (OnnxFileNode node in file.Nodes)
        {
            Assert.All(node.Inputs, input => Assert.Contains(input, known));
            Assert.True(known.Add(node.Output), $"{node.Output} is given twice");
        }

        HashSet<string> used = [.. file.Nodes.SelectMany(node => node.Inputs)];
        Assert.All(file.Constants.Keys, name => Assert.Contains(name, used));
        string[] weights = [.. file.Constants.Keys.Where(name => name.StartsWith("bert.") || name.StartsWith("classifier."))];
        Assert.Equal(
            _parameters.Keys.Order(StringComparer.Ordinal),
            weights.Select(name => name.Replace(".kernel", ".weight", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_AModelOverTwoGigabytes_NamesTheLimitAndLeavesNothing()
    {
        BertConfig large = Config with { VocabSize = 200_000, HiddenSize = 3072, NumAttentionHeads = 3 };
        OnnxGraph graph = BertOnnx.Graph(large, OnnxHead.Pooled, 0, _ => throw new InvalidOperationException("asked for values"));
        var e = Assert.Throws<OptionsException>(() => BertOnnx.Write(_folder.File("m.onnx"), graph));
        Assert.Contains("2147483647", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    /// <summary>Its LayerNorms and biases are random too, so that none can be left out.</summary>
    private ParameterSource Source() => new(_backend, new RandomWeights(), seed: 1, Config.InitializerRange);

    private OnnxFile Export(BertConfig config, OnnxHead head, int labelCount = 0)
    {
        var source = Source();
        _ = head == OnnxHead.Classification
            ? (object)new BertForSequenceClassification(source, config, labelCount)
            : new BertModel(source.At("bert"), config);
        _parameters.Clear();
        source.Parameters.ToList().ForEach(parameter => _parameters.Add(parameter.Name, parameter));
        string path = _folder.File("m.onnx");
        BertOnnx.Write(path, BertOnnx.Graph(config, head, labelCount, name => [.. Doubles(_parameters[name]).Select(x => (float)x)]));
        return new OnnxFile(path);
    }

    private double[] Doubles(Variable variable)
    {
        var values = new double[variable.Value.Length];
        _backend.CopyToHost(variable.Value, values);
        return values;
    }

    private static Dictionary<string, Dense> Padded()
    {
        int width = Ids.Max(row => row.Length);
        return new Dictionary<string, Dense>
        {
            ["input_ids"] = Dense.Of([2, width], at => at[1] < Ids[at[0]].Length ? Ids[at[0]][at[1]] : 9),
            ["attention_mask"] = Dense.Of([2, width], at => at[1] < Ids[at[0]].Length ? 1 : 0),
            ["token_type_ids"] = Dense.Of([2, width], at => at[1] < Ids[at[0]].Length ? Types[at[0]][at[1]] : 0),
        };
    }

    private static double[] RealRows(Dense hidden) =>
        [.. Ids.SelectMany((row, b) => hidden.Values.Chunk(hidden.Shape[2]).Skip(b * hidden.Shape[1]).Take(row.Length)).SelectMany(x => x)];

    /// <summary>The graph's constants (√2, √D) are float32; all else is float64 on both sides.</summary>
    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Max(Math.Abs) > 0.1, "nothing to compare");
        Assert.InRange(expected.Zip(actual, (x, y) => Math.Abs(x - y)).Max(), 0, 2e-6);
    }
}
