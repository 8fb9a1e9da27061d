// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Losses and hits of both tasks, added up over parts of a batch, or over batches.</summary>
/// <param name="backend">Where the outputs are.</param>
internal sealed class PretrainingTally(IBackend backend)
{
    private double _maskedLoss, _maskedHits, _weights, _nextLoss, _nextHits;
    private int _sequences;
    private bool _hasNextSentence;

    /// <summary>Weighted mean of the losses of all masked tokens. Without the 1e-5 that Google's training adds to the weights.</summary>
    public double MeanMaskedLmLoss => Share(_maskedLoss, _weights);

    /// <summary>The loss of one batch is the sum over its parts, normalised as in training.</summary>
    public PretrainingScores Scores => new(
        _maskedLoss / (_weights + MaskedLmTargets.Smoothing), Share(_maskedHits, _weights),
        _hasNextSentence ? Share(_nextLoss, _sequences) : null, _hasNextSentence ? Share(_nextHits, _sequences) : null);

    /// <summary>Adds what a forward pass gave, before the tape goes back.</summary>
    public void Add(PreTrainingOutput output, PretrainingBatch batch)
    {
        _maskedLoss += Read(output.MaskedLmLoss.Value) * (batch.WholeWeight + MaskedLmTargets.Smoothing);
        _weights += batch.Weights.Sum();
        _maskedHits += Hits(output.MaskedLmLogits.Value, batch.Masked.Ids, batch.Weights);
        if (output is { NextSentenceLogits: { } logits, NextSentenceLoss: { } loss })
        {
            _hasNextSentence = true;
            _nextLoss += Read(loss.Value) * batch.WholeCount;
            _sequences += batch.Count;
            _nextHits += Hits(logits.Value, batch.NextSentence, weights: null);
        }
    }

    /// <summary>As tf.metrics has it, nothing out of nothing is 0.</summary>
    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    private double Hits(Tensor logits, IndexTensor labels, double[]? weights)
    {
        Span<int> found = labels.Length <= 1024 ? stackalloc int[labels.Length] : new int[labels.Length];
        backend.ArgMax(logits, found);
        double hits = 0;
        for (int i = 0; i < found.Length; i++)
        {
            hits += found[i] == labels.Values[i] ? weights?[i] ?? 1 : 0;
        }

        return hits;
    }

    private double Read(Tensor scalar)
    {
        Span<double> value = stackalloc double[1];
        backend.CopyToHost(scalar, value);
        return value[0];
    }
}
