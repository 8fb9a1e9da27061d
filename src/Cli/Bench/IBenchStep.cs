// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>A step that is measured, from the ids of a batch to what the user waits for.</summary>
internal interface IBenchStep
{
    /// <summary>Does it.</summary>
    /// <param name="batch">Its sequences.</param>
    /// <param name="step">Steps before it.</param>
    /// <returns>What came out, so that one sees that it was computed: the loss, or the sum of the logits.</returns>
    double Run(BenchBatch batch, int step);

    /// <summary>What counts as its work, see <see cref="ForwardFlops"/>.</summary>
    double Flops(BenchBatch batch);
}
