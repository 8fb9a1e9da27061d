// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>The loss of a batch as a head defines it.</summary>
/// <param name="Loss">A scalar.</param>
/// <param name="Outputs">What is worth looking at: loss and logits, and the parts of both.</param>
/// <param name="Parameters">Those that take part.</param>
internal sealed record TaskLoss(Variable Loss, IReadOnlyList<(string Name, Variable Value)> Outputs, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>Runs the model forward.</summary>
    /// <exception cref="InputFileException">The batch lacks what the task needs, or does not fit.</exception>
    /// <exception cref="MissingWeightException">The checkpoint has no such head.</exception>
    public static TaskLoss Of(LossKind kind, InspectedModel model, BatchFile batch, Tape tape) => kind switch
    {
        LossKind.Classify => Classification(model, batch, tape),
        LossKind.Regression => Regression(model, batch, tape),
        _ => PreTraining(model, batch, tape, kind == LossKind.Pretrain),
    };

    private static TaskLoss Classification(InspectedModel model, BatchFile batch, Tape tape)
    {
        int outputs = model.HeadOutputs ?? throw NoHead(model);
        PackedBatch tokens = batch.Tokens().Pack();
        int[] labels = batch.Integers("labels", tokens.Layout.Count, outputs);
        (BertForSequenceClassification classifier, Variable logits) = Logits(model, tape, tokens, outputs);
        Variable loss = tape.CrossEntropy(logits, new IndexTensor(labels));
        return new TaskLoss(loss, [("loss", loss), ("logits", logits)], classifier.Parameters);
    }

    private static TaskLoss Regression(InspectedModel model, BatchFile batch, Tape tape)
    {
        int outputs = model.HeadOutputs ?? throw NoHead(model);
        if (outputs != 1)
        {
            throw new MissingWeightException($"{model.Files.Location}: regression needs a head with 1 output, found one with {outputs}");
        }

        PackedBatch tokens = batch.Tokens().Pack();
        double[] targets = batch.Numbers("labels", tokens.Layout.Count);
        (BertForSequenceClassification classifier, Variable logits) = Logits(model, tape, tokens, outputs);
        Variable loss = tape.MeanSquaredError(logits, targets);
        return new TaskLoss(loss, [("loss", loss), ("logits", logits)], classifier.Parameters);
    }

    private static (BertForSequenceClassification Model, Variable Logits) Logits(
        InspectedModel model, Tape tape, PackedBatch tokens, int outputs)
    {
        ParameterSource source = model.Source(tape.Backend);
        var classifier = new BertForSequenceClassification(source, model.Config, outputs);
        model.RequireStored(classifier.Parameters.Select(parameter => parameter.Name), source, "the task");
        return (classifier, classifier.Logits(tape, tokens));
    }

    private static TaskLoss PreTraining(InspectedModel model, BatchFile batch, Tape tape, bool hasNextSentence)
    {
        PackedBatch tokens = batch.Tokens().Pack();
        MaskedLmTargets targets = MaskedLmBatch.Read(batch, tokens.Layout, model.Config.VocabSize);
        IndexTensor? next = hasNextSentence ? new IndexTensor(batch.Integers("next_sentence_labels", tokens.Layout.Count, 2)) : null;
        ParameterSource source = model.Source(tape.Backend);
        var bert = new BertForPreTraining(source, model.Config, hasNextSentence);
        model.RequireStored(bert.Parameters.Select(parameter => parameter.Name), source, "the task");
        PreTrainingOutput output = bert.Forward(tape, tokens, targets, next);

        var outputs = new List<(string, Variable)> { ("loss", output.Loss), ("logits", output.MaskedLmLogits) };
        if (output.NextSentenceLogits is { } nextLogits && output.NextSentenceLoss is { } nextLoss)
        {
            outputs.AddRange(
                [("next_sentence_logits", nextLogits), ("masked_lm_loss", output.MaskedLmLoss), ("next_sentence_loss", nextLoss)]);
        }

        return new TaskLoss(output.Loss, outputs, bert.Parameters);
    }

    private static MissingWeightException NoHead(InspectedModel model) =>
        new($"{model.Files.Location}: the task needs a head (classifier.weight or output_weights), which the checkpoint does not have");
}
