// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;
using Microsoft.ML.OnnxRuntime;

namespace BertManaged.Peers;

/// <summary>Holds what ONNX Runtime computes from an exported model against the model itself, at every level of optimization.</summary>
internal static class OnnxCheck
{
    private const double Tolerance = 1e-4;

    private static readonly GraphOptimizationLevel[] Levels =
        [GraphOptimizationLevel.ORT_DISABLE_ALL, GraphOptimizationLevel.ORT_ENABLE_BASIC, GraphOptimizationLevel.ORT_ENABLE_ALL];

    /// <summary>Two sequences of different lengths with two token types; checks small random models with each GELU, and a checkpoint where
    /// one is named.</summary>
    public static int Run(PeerOptions options)
    {
        var small = new BertConfig
        {
            VocabSize = 300,
            HiddenSize = 24,
            NumAttentionHeads = 3,
            NumHiddenLayers = 3,
            IntermediateSize = 40,
            MaxPositionEmbeddings = 32,
            InitializerRange = 0.3,
        };
        bool isRight = true;
        foreach (HiddenActivation activation in Enum.GetValues<HiddenActivation>())
        {
            isRight &= Check($"random classifier, {activation}", small with { HiddenAct = activation }, null, classes: 3);
            isRight &= Check($"random encoder, {activation}", small with { HiddenAct = activation }, null, classes: null);
        }

        if (options.Text("model") is { } location)
        {
            var files = new ModelFiles(location);
            using ITensorFile weights = files.OpenWeights();
            isRight &= Check(location, files.ReadConfig(), new CheckpointWeights(weights), classes: null);
        }

        return isRight ? 0 : 1;
    }

    private static bool Check(string name, BertConfig config, CheckpointWeights? weights, int? classes)
    {
        using var backend = new ReferenceBackend();
        var source = new ParameterSource(backend, weights, seed: 3, config.InitializerRange);
        var expected = new OwnModel(source, config, classes);
        int[][] ids = [Draw(config.VocabSize, 11), Draw(config.VocabSize, 23)];
        int[][] types = [.. ids.Select(row => row.Select((_, i) => i < 6 ? 0 : 1).ToArray())];
        Dictionary<string, double[]> own = expected.Run(new Tape(backend, isRecording: false), new PackedBatch(ids, types));

        string path = Path.GetTempFileName();
        try
        {
            BertOnnx.Write(path, expected.Graph(backend));
            return Levels.Select(level => Compare(name, path, level, ids, types, own, config.HiddenSize)).ToArray().All(isRight => isRight);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int[] Draw(int vocabSize, int length) => [.. Enumerable.Range(0, length).Select(_ => Random.Shared.Next(vocabSize))];

    private static bool Compare(
        string name, string path, GraphOptimizationLevel level, int[][] ids, int[][] types, Dictionary<string, double[]> own, int hidden)
    {
        string optimized = path + ".optimized";
        int width = ids.Max(row => row.Length);
        using var model = new OnnxRuntimeModel(path, threads: 1, level, (ids.Length, width), optimized);
        Dictionary<string, float[]> outputs = model.Run(
            Padded(ids, width, (row, i) => row[i]), Padded(ids, width, (_, _) => 1), Padded(types, width, (row, i) => row[i]), ids.Length);
        bool isRight = true;
        foreach ((string output, float[] values) in outputs)
        {
            float[] real = output == "last_hidden_state" ? Real(values, ids, width, hidden) : values;
            double error = real.Zip(own[output], (x, y) => Math.Abs(x - y)).Max();
            isRight &= error < Tolerance && real.Length == own[output].Length;
            Console.Out.WriteLine($"{name}, {level}, {output}: largest difference {error:E1}");
        }

        Console.Out.WriteLine($"    {string.Join(", ", Operators(optimized).Select(op => $"{op.Value} {op.Key}"))}");
        File.Delete(optimized);
        return isRight;
    }

    private static long[] Padded(int[][] rows, int width, Func<int[], int, long> value) =>
        [.. rows.SelectMany(row => Enumerable.Range(0, width).Select(i => i < row.Length ? value(row, i) : 0))];

    private static float[] Real(float[] values, int[][] ids, int width, int hidden) =>
        [.. ids.SelectMany((row, b) => values.AsSpan(b * width * hidden, row.Length * hidden).ToArray())];

    /// <summary>How often a graph file has the operators that its optimizer can make or leave.</summary>
    private static Dictionary<string, int> Operators(string path)
    {
        string text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path));
        string[] names =
            ["\"\tAttention", "\"\x04Gelu", "\"\bFastGelu", "\"\bBiasGelu", "\"\x16SkipLayerNormalization", "\"\x17EmbedLayerNormalization",
            "\"\x12LayerNormalization", "\"\x03Erf", "\"\aSoftmax", "\"\x06MatMul", "\"\x04Gemm"];
        return names.ToDictionary(name => name[2..], name => text.Split(name).Length - 1)
            .Where(pair => pair.Value > 0).ToDictionary();
    }
}
