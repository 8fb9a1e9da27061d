// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>An example as the model sees it.</summary>
/// <param name="Example">Where it comes from.</param>
/// <param name="Encoding">Ids and token types, without padding.</param>
/// <param name="Label">Class; 0 for regression.</param>
/// <param name="Score">Target of a regression; 0 otherwise.</param>
public sealed record EncodedExample(InputExample Example, SequenceEncoding Encoding, int Label, float Score)
{
    /// <summary>Tokenizes the examples of a task.</summary>
    public static EncodedExample[] Encode(ClassificationTask task, PairEncoder encoder, IReadOnlyList<InputExample> examples) =>
    [
        .. examples.Select(e => new EncodedExample(
            e,
            encoder.Encode(e.TextA, e.TextB),
            task.IsRegression ? 0 : task.LabelId(e),
            task.IsRegression ? ClassificationTask.Score(e) : 0)),
    ];

    /// <summary>The real tokens of several examples.</summary>
    public static PackedBatch Pack(IReadOnlyList<EncodedExample> examples) =>
        new([.. examples.Select(e => e.Encoding.InputIds)], [.. examples.Select(e => e.Encoding.TokenTypeIds)]);
}
