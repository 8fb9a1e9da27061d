// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

/// <summary>The cases of every op, one file each in OpCases/.</summary>
public static class AllOpCases
{
    /// <summary>All of them, op by op.</summary>
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. AddCases.All,
        .. AttentionCases.All,
        .. CrossEntropyCases.All,
        .. DropoutCases.All,
        .. GatherCases.All,
        .. GeluCases.All,
        .. LayerNormCases.All,
        .. LinearCases.All,
        .. MeanSquaredErrorCases.All,
        .. RecomputeCases.All,
        .. ReluCases.All,
        .. ResidualLayerNormCases.All,
        .. TanhCases.All,
    ];
}
