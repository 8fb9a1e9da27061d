// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>How long a matrix product takes.</summary>
/// <param name="Layer">The affine map.</param>
/// <param name="Product">Which of its three products.</param>
/// <param name="Rows">Rows of the input, R.</param>
/// <param name="Durations">Of the counted repetitions.</param>
internal sealed record GemmTime(GemmLayer Layer, string Product, int Rows, Durations Durations)
{
    /// <summary>10⁹ operations a second, 2·R·I·O of them, of all repetitions together, as the peak is of all its time.</summary>
    public double GigaFlops => 2.0 * Rows * Layer.Inputs * Layer.Outputs * Durations.Count / Durations.TotalSeconds / 1e9;
}
