// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>A head and its loss.</summary>
internal enum LossKind
{
    /// <summary>Mean cross entropy of the classes.</summary>
    Classify,

    /// <summary>Mean squared error.</summary>
    Regression,

    /// <summary>Masked tokens: Σ w·l / (Σ w + 1e-5).</summary>
    MaskedLm,

    /// <summary>The same plus the mean cross entropy of the next sentence.</summary>
    Pretrain,
}
