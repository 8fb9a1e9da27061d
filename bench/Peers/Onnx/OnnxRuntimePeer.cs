// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using Microsoft.ML.OnnxRuntime;

namespace BertManaged.Peers;

/// <summary>Inference in ONNX Runtime: encoder, pooler and a classification head, padded batches.</summary>
internal static class OnnxRuntimePeer
{
    public static int Run(PeerOptions options)
    {
        string name = options.Text("config") ?? "minilm-l12";
        BertConfig config = PeerModel.Config(name);
        string file = RandomModel.File(options.Text("cache") ?? Path.Combine(Path.GetTempPath(), "bertmanaged-peers"), name);
        GraphOptimizationLevel level = options.Text("level") switch
        {
            null or "all" => GraphOptimizationLevel.ORT_ENABLE_ALL,
            "extended" => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            "basic" => GraphOptimizationLevel.ORT_ENABLE_BASIC,
            "none" => GraphOptimizationLevel.ORT_DISABLE_ALL,
            { } other => throw new ArgumentException($"--level {other}: expected all, extended, basic or none"),
        };
        int threads = options.Number("threads", 2);
        using var model = new OnnxRuntimeModel(file, threads, level);
        var measurement = new PeerMeasurement($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}");
        int[]? lengths = PeerBatch.ReadLengths(options);
        var random = new Random(1);
        for (int step = 0; step < options.Number("steps", 8); step++)
        {
            PeerBatch batch = PeerBatch.Of(options, lengths, step);
            var (ids, mask, types) = Draw(batch, config, random);
            measurement.Run(batch, flops => PeerFlops.Classification(config, flops), () => model.Run(ids, mask, types, batch.Lengths.Length));
        }

        measurement.Print($"{threads} threads, sequential, {level}");
        return 0;
    }

    private static (long[] Ids, long[] Mask, long[] Types) Draw(PeerBatch batch, BertConfig config, Random random)
    {
        int count = batch.Lengths.Length * batch.Width;
        long[] ids = new long[count], mask = new long[count];
        for (int b = 0; b < batch.Lengths.Length; b++)
        {
            for (int s = 0; s < batch.Lengths[b]; s++)
            {
                ids[(b * batch.Width) + s] = random.Next(config.VocabSize);
                mask[(b * batch.Width) + s] = 1;
            }
        }

        return (ids, mask, new long[count]);
    }
}
