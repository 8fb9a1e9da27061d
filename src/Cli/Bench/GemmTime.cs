// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>How long a matrix product takes.</summary>
/// <param name="Layer">The affine map.</param>
/// <param name="Product">Which of its three products.</param>
/// <param name="Rows">Rows of the input, R.</param>
/// <param name="Durations">Of the counted repetitions.</param>
internal sealed record GemmTime(GemmLayer Layer, string Product, int Rows, Durations Durations)
{
    /// <summary>10⁹ operations a second, 2·R·I·O of them, of the repetition in the middle.</summary>
    public double GigaFlops => 2.0 * Rows * Layer.Inputs * Layer.Outputs / Durations.MedianMilliseconds / 1e6;
}
