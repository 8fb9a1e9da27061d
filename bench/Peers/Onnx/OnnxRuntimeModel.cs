// SPDX-License-Identifier: Apache-2.0
using Microsoft.ML.OnnxRuntime;

namespace BertManaged.Peers;

/// <summary>A BERT in ONNX Runtime, on the processor, in float32.</summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private static readonly string[] Inputs = ["input_ids", "attention_mask", "token_type_ids"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    /// <param name="path">The .onnx file.</param>
    /// <param name="threads">Threads within an operation.</param>
    /// <param name="level">How far the graph is optimized.</param>
    /// <param name="shape">B and S where all batches have the same: the optimizer can do more with them; null where they differ.</param>
    /// <param name="optimizedPath">Where to write the optimized graph; null for nowhere.</param>
    public OnnxRuntimeModel(
        string path, int threads, GraphOptimizationLevel level, (int Batch, int Sequence)? shape = null, string? optimizedPath = null)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = level,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (shape is { } known)
        {
            options.AddFreeDimensionOverrideByName("batch_size", known.Batch);
            options.AddFreeDimensionOverrideByName("sequence_length", known.Sequence);
        }

        if (optimizedPath is not null)
        {
            options.OptimizedModelFilePath = optimizedPath;
        }

        _session = new InferenceSession(path, options);
    }

    /// <summary>Runs a padded batch.</summary>
    /// <param name="ids">[B · S].</param>
    /// <param name="mask">1 for real tokens.</param>
    /// <param name="types">Token types.</param>
    /// <param name="batch">B.</param>
    /// <returns>The graph's outputs by name.</returns>
    public Dictionary<string, float[]> Run(long[] ids, long[] mask, long[] types, int batch)
    {
        long[] shape = [batch, ids.Length / batch];
        using OrtValue idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using OrtValue maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using OrtValue typesValue = OrtValue.CreateTensorValueFromMemory(types, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            _session.Run(_run, Inputs, [idsValue, maskValue, typesValue], _session.OutputNames);
        return _session.OutputNames.Zip(outputs)
            .ToDictionary(output => output.First, output => output.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
