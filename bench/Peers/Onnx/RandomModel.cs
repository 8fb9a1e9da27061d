// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Training;

namespace BertManaged.Peers;

/// <summary>A model of a given size with random weights as an .onnx file.</summary>
internal static class RandomModel
{
    /// <summary>The file of a size, written where it is not there yet.</summary>
    /// <param name="folder">Where such files are kept.</param>
    /// <param name="name">Of the size.</param>
    public static string File(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{name}.onnx");
        if (!System.IO.File.Exists(path))
        {
            Write(path, PeerModel.Config(name), PeerModel.Classes);
        }

        return path;
    }

    /// <summary>Writes encoder, pooler and a classification head.</summary>
    private static void Write(string path, BertConfig config, int classes)
    {
        var random = new Random(1);
        OnnxGraph? graph = null;
        graph = BertOnnx.Graph(config, OnnxHead.Classification, classes, name => Values(random, name, Count(graph!, name)));
        BertOnnx.Write(path, graph);
    }

    /// <summary>A weight is a kernel in the graph.</summary>
    private static long Count(OnnxGraph graph, string name) => graph.Constants
        .First(tensor => tensor.Name == name || tensor.Name == name[..^"weight".Length] + "kernel")
        .Shape.Aggregate(1L, (product, length) => product * length);

    private static float[] Values(Random random, string name, long count)
    {
        var values = new float[count];
        bool isScale = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = isScale ? 1 : ((random.NextSingle() * 2) - 1) * 0.035f;
        }

        return values;
    }
}
