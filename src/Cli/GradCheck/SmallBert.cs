// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>A whole BERT of small, odd sizes, with every head, for gradient checks: ragged sequences, both forms of GELU, and dropout,
/// which draws the same elements each time.</summary>
internal static class SmallBert
{
    private const ulong Seed = 5;

    private static readonly int[][] InputIds = [[2, 17, 5, 30, 11], [2], [2, 9, 9, 28, 3, 0, 14]];
    private static readonly int[][] TokenTypeIds = [[0, 0, 0, 1, 1], [0], [0, 0, 1, 1, 1, 1, 1]];

    /// <summary>Sizes that no two dimensions share, so that a transposed gradient shows; weights large enough for every curve to.</summary>
    private static readonly BertConfig Config = new()
    {
        VocabSize = 31,
        HiddenSize = 12,
        NumHiddenLayers = 2,
        NumAttentionHeads = 3,
        IntermediateSize = 17,
        MaxPositionEmbeddings = 8,
        InitializerRange = 0.3,
        HiddenDropoutProb = 0.1,
        AttentionProbsDropoutProb = 0.1,
    };

    /// <summary>The ops that the model applies.</summary>
    public static IReadOnlyList<string> Ops { get; } =
        ["Add", "Attention", "CrossEntropy", "Dropout", "Gather", "Gelu", "LayerNorm", "Linear", "MeanSquaredError", "Tanh"];

    /// <summary>Checks every parameter of every head.</summary>
    public static IEnumerable<(string Subject, IReadOnlyList<GradientCheckRow> Rows)> Check(ReferenceBackend backend, GradientCheck check)
    {
        foreach (HiddenActivation activation in new[] { HiddenActivation.GeluErf, HiddenActivation.GeluTanh })
        {
            string form = activation == HiddenActivation.GeluErf ? "erf" : "tanh";
            BertConfig config = Config with { HiddenAct = activation };
            yield return ($"classification, gelu {form}", Classification(backend, check, config));
            yield return ($"regression, gelu {form}", Regression(backend, check, config));
            yield return ($"pre-training, gelu {form}", PreTraining(backend, check, config));
        }
    }

    private static IReadOnlyList<GradientCheckRow> Classification(ReferenceBackend backend, GradientCheck check, BertConfig config)
    {
        var model = new BertForSequenceClassification(Source(backend), config, labelCount: 3);
        var labels = new IndexTensor([2, 0, 1]);
        return check.Run(model.Parameters, tape => tape.CrossEntropy(model.Logits(tape, Batch()), labels), isTraining: true);
    }

    private static IReadOnlyList<GradientCheckRow> Regression(ReferenceBackend backend, GradientCheck check, BertConfig config)
    {
        var model = new BertForSequenceClassification(Source(backend), config, labelCount: 1);
        return check.Run(model.Parameters, tape => tape.MeanSquaredError(model.Logits(tape, Batch()), [0.5, -1.25, 2]), isTraining: true);
    }

    private static IReadOnlyList<GradientCheckRow> PreTraining(ReferenceBackend backend, GradientCheck check, BertConfig config)
    {
        var model = new BertForPreTraining(Source(backend), config);
        PackedBatch batch = Batch();
        MaskedLmTargets targets = MaskedLmTargets.Google(
            batch.Layout, [[1, 3], [0], [2, 5, 0]], [[4, 29], [8], [1, 30, 0]], [[1, 1], [1], [1, 1, 0]]);
        var nextSentence = new IndexTensor([1, 0, 0]);
        return check.Run(model.Parameters, tape => model.Forward(tape, batch, targets, nextSentence).Loss, isTraining: true);
    }

    private static ParameterSource Source(ReferenceBackend backend) => new(backend, weights: null, Seed, Config.InitializerRange);

    private static PackedBatch Batch() => new(InputIds, TokenTypeIds);
}
