// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Which elements a dropout drops. The mask is never stored: element i is drawn again from its own number.</summary>
/// <param name="Probability">Probability to drop, in [0, 1).</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Step">Of training.</param>
/// <param name="Operation">Number of the dropout within the step.</param>
public readonly record struct DropoutMask(double Probability, ulong Seed, uint Step, uint Operation)
{
    /// <summary>What kept elements are multiplied by: 1 / (1 − p).</summary>
    public double Scale => 1.0 / (1.0 - Probability);

    /// <summary>An element is kept when its random word is at least this: p · 2³².</summary>
    public uint Threshold => (uint)Math.Min(Probability * 4294967296.0, 4294967295.0);

    /// <summary>Whether element <paramref name="index"/> survives.</summary>
    public bool Keeps(long index) => Philox.Word(this, index) >= Threshold;
}
