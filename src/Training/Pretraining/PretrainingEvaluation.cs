// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Runs a model over batches without training, and measures both tasks.</summary>
/// <remarks>google-research/bert run_pretraining.py, metric_fn.</remarks>
/// <param name="model">The model.</param>
/// <param name="backend">Where it is.</param>
internal sealed class PretrainingEvaluation(BertForPreTraining model, IBackend backend)
{
    /// <summary>Evaluates so many batches of examples in order; after the last example comes the first again. Accuracies and losses are
    /// means over all masked tokens and all sequences, "loss" is the mean over the batches' losses.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public EvalResults Run(IReadOnlyList<PretrainingExample> examples, int batchSize, int batches, CancellationToken stop)
    {
        var order = new ExampleOrder(examples.Count, ShuffleKind.None, seed: 0);
        var tape = new Tape(backend, isRecording: false);
        var tally = new PretrainingTally(backend);
        double sum = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            stop.ThrowIfCancellationRequested();
            sum += Add(tape, tally, PretrainingBatch.Whole(Array.ConvertAll(order.Batch(batch, batchSize), i => examples[i])));
        }

        return Results(tally, sum / batches);
    }

    private double Add(Tape tape, PretrainingTally tally, PretrainingBatch batch)
    {
        PreTrainingOutput output = batch.Forward(tape, model);
        tally.Add(output, batch);
        Span<double> loss = stackalloc double[1];
        backend.CopyToHost(output.Loss.Value, loss);
        tape.Reset();
        return loss[0];
    }

    private static EvalResults Results(PretrainingTally tally, double loss)
    {
        var results = new EvalResults();
        results.Set("loss", loss);
        results.Set("masked_lm_accuracy", tally.Scores.MaskedLmAccuracy);
        results.Set("masked_lm_loss", tally.MeanMaskedLmLoss);
        if (tally.Scores is { NextSentenceAccuracy: { } accuracy, NextSentenceLoss: { } nextLoss })
        {
            results.Set("next_sentence_accuracy", accuracy);
            results.Set("next_sentence_loss", nextLoss);
        }

        return results;
    }
}
