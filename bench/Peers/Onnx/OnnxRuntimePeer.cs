// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using Microsoft.ML.OnnxRuntime;

namespace BertManaged.Peers;

/// <summary>Inference in ONNX Runtime: encoder, pooler and a classification head, padded batches.</summary>
internal sealed class OnnxRuntimePeer : IDisposable
{
    private const int TrialSteps = 4;

    private readonly PeerOptions _options;
    private readonly BertConfig _config;
    private readonly int[]? _lengths;
    private readonly OnnxRuntimeModel _model;

    private OnnxRuntimePeer(PeerOptions options, bool isFixedShape)
    {
        string name = options.Text("config") ?? "minilm-l12";
        (_options, _config, _lengths) = (options, PeerModel.Config(name), PeerBatch.ReadLengths(options));
        string file = RandomModel.File(options.Text("cache") ?? Path.Combine(Path.GetTempPath(), "bertmanaged-peers"), name);
        (int, int)? shape = isFixedShape ? (options.Number("batch", 8), options.Number("seq", 128)) : null;
        _model = new OnnxRuntimeModel(file, Threads, Level(options.Text("level")), shape);
    }

    private int Threads => _options.Number("threads", 2);

    /// <summary>Which settings are quicker depends on model and machine: where the shape is fixed, the graph is optimized with and without
    /// knowing it, and the quicker one is measured.</summary>
    public static int Run(PeerOptions options)
    {
        bool mayBeFixed = options.Text("pad") != "longest";
        bool isFixed = options.Text("shape") switch
        {
            "fixed" => true,
            "dynamic" => false,
            null => mayBeFixed && Trial(options, isFixedShape: true) < Trial(options, isFixedShape: false),
            { } other => throw new ArgumentException($"--shape {other}: expected fixed or dynamic"),
        };
        using var peer = new OnnxRuntimePeer(options, isFixed);
        peer.Measure(options.Number("steps", 8)).Print(
            $"{peer.Threads} threads, sequential, {Level(options.Text("level"))}, {(isFixed ? "fixed" : "dynamic")} shape");
        return 0;
    }

    public void Dispose() => _model.Dispose();

    private static double Trial(PeerOptions options, bool isFixedShape)
    {
        using var peer = new OnnxRuntimePeer(options, isFixedShape);
        return peer.Measure(TrialSteps).MinMilliseconds;
    }

    private PeerMeasurement Measure(int steps)
    {
        var measurement = new PeerMeasurement($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}");
        var random = new Random(1);
        for (int step = 0; step < steps; step++)
        {
            PeerBatch batch = PeerBatch.Of(_options, _lengths, step);
            var (ids, mask) = Draw(batch, random);
            var types = new long[ids.Length];
            measurement.Run(
                batch, lengths => PeerFlops.Classification(_config, lengths), () => _model.Run(ids, mask, types, batch.Lengths.Length));
        }

        return measurement;
    }

    private (long[] Ids, long[] Mask) Draw(PeerBatch batch, Random random)
    {
        int count = batch.Lengths.Length * batch.Width;
        long[] ids = new long[count], mask = new long[count];
        for (int b = 0; b < batch.Lengths.Length; b++)
        {
            for (int s = 0; s < batch.Lengths[b]; s++)
            {
                ids[(b * batch.Width) + s] = random.Next(_config.VocabSize);
                mask[(b * batch.Width) + s] = 1;
            }
        }

        return (ids, mask);
    }

    private static GraphOptimizationLevel Level(string? name) => name switch
    {
        null or "all" => GraphOptimizationLevel.ORT_ENABLE_ALL,
        "extended" => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        "basic" => GraphOptimizationLevel.ORT_ENABLE_BASIC,
        "none" => GraphOptimizationLevel.ORT_DISABLE_ALL,
        _ => throw new ArgumentException($"--level {name}: expected all, extended, basic or none"),
    };
}
