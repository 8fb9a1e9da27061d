// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What a run records of its steps: metrics.jsonl, and charts for TensorBoard.</summary>
/// <remarks>Both begin with the first step that is done: a run that fails before leaves those of the run before it as they were.</remarks>
/// <param name="output">Where they are.</param>
/// <param name="first">Steps that were done before, by a run that this one goes on with.</param>
internal sealed class StepRecords(OutputFolder output, long first) : IDisposable
{
    private MetricsLog? _metrics;
    private TrainingCharts? _charts;

    /// <summary>The files, metrics.jsonl first; none before the first step.</summary>
    public IEnumerable<string> Files => _charts is null ? [] : [MetricsPath, _charts.Path];

    private string MetricsPath => output.File("metrics.jsonl");

    /// <summary>Records a step.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(in StepReport report)
    {
        _metrics ??= new MetricsLog(MetricsPath, first);
        _charts ??= new TrainingCharts(output.Path, first);
        _metrics.Write(report);
        _charts.Write(report);
    }

    /// <summary>Makes the lines so far last through a power cut.</summary>
    public void FlushToDisk() => _metrics?.FlushToDisk();

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics?.Dispose();
        _charts?.Dispose();
    }
}
