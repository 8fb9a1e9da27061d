// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Which elements a dropout drops. The mask is never stored: element i is drawn again from its own number.</summary>
/// <param name="Probability">Probability to drop, in [0, 1).</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Step">Of training.</param>
/// <param name="Operation">Number of the dropout within the step.</param>
/// <param name="Rows">Where only some rows of a matrix are computed, the number of each among all of them: an element draws what it would
/// draw if all were. Null for 0, 1, 2, …</param>
public readonly record struct DropoutMask(double Probability, ulong Seed, uint Step, uint Operation, IndexTensor? Rows = null)
{
    /// <summary>What kept elements are multiplied by: 1 / (1 − p).</summary>
    public double Scale => 1.0 / (1.0 - Probability);

    /// <summary>An element is kept when its random word is at least this: p · 2³².</summary>
    public uint Threshold => (uint)Math.Min(Probability * 4294967296.0, 4294967295.0);

    /// <summary>The number of the first element of a row.</summary>
    /// <param name="row">Of the matrix that is computed.</param>
    /// <param name="columns">Of the matrix.</param>
    public long FirstOf(int row, int columns) => (long)(Rows is null ? row : Rows.Values[row]) * columns;

    /// <summary>Whether element <paramref name="index"/> survives.</summary>
    public bool Keeps(long index) => Philox.Word(this, index) >= Threshold;
}
