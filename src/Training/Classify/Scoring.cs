// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Runs a model over a set without training, and measures what it says.</summary>
/// <param name="model">The model.</param>
/// <param name="backend">Where it is.</param>
/// <param name="task">What is asked.</param>
public sealed class Scoring(BertForSequenceClassification model, IBackend backend, ClassificationTask task)
{
    /// <summary>Sequences in one forward pass. A sequence's logits do not depend on the others, so this is free to choose.</summary>
    private const int SequencesPerPass = 32;

    /// <summary>Logits of every example, [N][C], in order.</summary>
    /// <param name="examples">[N].</param>
    /// <param name="stop">Looked at between passes.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public float[][] Logits(IReadOnlyList<EncodedExample> examples, CancellationToken stop)
    {
        var all = new List<float[]>(examples.Count);
        var tape = new Tape(backend, isRecording: false);
        foreach (EncodedExample[] chunk in examples.Chunk(SequencesPerPass))
        {
            stop.ThrowIfCancellationRequested();
            Variable logits = model.Logits(tape, EncodedExample.Pack(chunk));
            var values = new float[logits.Value.Length];
            backend.CopyToHost(logits.Value, values);
            all.AddRange(values.Chunk(logits.Shape.Columns));
            tape.Reset();
        }

        return [.. all];
    }

    /// <summary>Accuracy and the task's own metrics, eval_loss (mean over examples) and loss (mean over the means of batches: the last,
    /// smaller batch counts as much as the others).</summary>
    /// <remarks>google-research/bert run_classifier.py, metric_fn; "loss" is what TensorFlow's Estimator adds.</remarks>
    public EvalResults Evaluate(IReadOnlyList<EncodedExample> examples, float[][] logits, int batchSize)
    {
        double[] losses = [.. examples.Select((example, i) => Loss(example, logits[i]))];
        EvalResults results = task.IsRegression
            ? TaskScores.Regression(task, [.. examples.Select(e => (double)e.Score)], [.. logits.Select(l => (double)l[0])])
            : TaskScores.Classification(task, [.. examples.Select(e => e.Label)], [.. logits.Select(l => Softmax.ArgMax(l))]);
        results.Set("eval_loss", losses.Average());
        results.Set("loss", losses.Chunk(batchSize).Average(batch => batch.Average()));
        return results;
    }

    /// <summary>Probabilities of the classes, or the predicted number.</summary>
    public float[][] Outputs(float[][] logits) => task.IsRegression ? logits : Array.ConvertAll(logits, Probabilities);

    private static float[] Probabilities(float[] logits)
    {
        var probabilities = new float[logits.Length];
        Softmax.Probabilities(logits, probabilities);
        return probabilities;
    }

    private double Loss(EncodedExample example, float[] logits)
    {
        if (task.IsRegression)
        {
            return ((double)logits[0] - example.Score) * ((double)logits[0] - example.Score);
        }

        var logProbabilities = new float[logits.Length];
        Softmax.LogProbabilities(logits, logProbabilities);
        return -logProbabilities[example.Label];
    }
}
