// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A number that a task reports beside accuracy and loss.</summary>
public enum TaskMetric
{
    /// <summary>F1 of the label "1" (MRPC).</summary>
    F1,

    /// <summary>Matthews correlation of labels and predictions (CoLA).</summary>
    Matthews,

    /// <summary>Pearson correlation of scores and predictions (STS-B).</summary>
    Pearson,

    /// <summary>Spearman rank correlation of scores and predictions (STS-B).</summary>
    Spearman,
}
