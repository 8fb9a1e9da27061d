// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The lengths of a contiguous row-major array of rank 0 to 4, for example [R, H].</summary>
/// <remarks>Rank 0 is a scalar with one element. Printed as <c>[2, 128, 768]</c>.</remarks>
public readonly record struct Shape
{
    private readonly int _d0, _d1, _d2, _d3;

    /// <summary>A scalar.</summary>
    public Shape()
        : this(0, 1, 1, 1, 1)
    {
    }

    /// <summary>A vector [d0].</summary>
    public Shape(int d0)
        : this(1, d0, 1, 1, 1)
    {
    }

    /// <summary>A matrix [d0, d1].</summary>
    public Shape(int d0, int d1)
        : this(2, d0, d1, 1, 1)
    {
    }

    /// <summary>An array [d0, d1, d2].</summary>
    public Shape(int d0, int d1, int d2)
        : this(3, d0, d1, d2, 1)
    {
    }

    /// <summary>An array [d0, d1, d2, d3].</summary>
    public Shape(int d0, int d1, int d2, int d3)
        : this(4, d0, d1, d2, d3)
    {
    }

    private Shape(int rank, int d0, int d1, int d2, int d3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(d0);
        ArgumentOutOfRangeException.ThrowIfNegative(d1);
        ArgumentOutOfRangeException.ThrowIfNegative(d2);
        ArgumentOutOfRangeException.ThrowIfNegative(d3);
        (Rank, _d0, _d1, _d2, _d3) = (rank, d0, d1, d2, d3);
        Length = checked(d0 * d1 * d2 * d3);
    }

    /// <summary>Number of dimensions, 0 to 4.</summary>
    public int Rank { get; }

    /// <summary>Number of elements.</summary>
    public int Length { get; }

    /// <summary>Length of the last dimension (1 for a scalar).</summary>
    public int Columns => Rank == 0 ? 1 : this[Rank - 1];

    /// <summary>Number of rows of the matrix view: the product of all dimensions but the last.</summary>
    public int Rows => Columns == 0 ? 0 : Length / Columns;

    /// <summary>Length of dimension <paramref name="dimension"/>.</summary>
    public int this[int dimension] => dimension < Rank && dimension >= 0
        ? dimension switch { 0 => _d0, 1 => _d1, 2 => _d2, _ => _d3 }
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"the shape {this} has rank {Rank}");

    /// <summary>A shape from its lengths.</summary>
    /// <exception cref="ArgumentException">More than four dimensions.</exception>
    public static Shape Of(ReadOnlySpan<int> lengths) => lengths.Length switch
    {
        0 => new Shape(),
        1 => new Shape(lengths[0]),
        2 => new Shape(lengths[0], lengths[1]),
        3 => new Shape(lengths[0], lengths[1], lengths[2]),
        4 => new Shape(lengths[0], lengths[1], lengths[2], lengths[3]),
        _ => throw new ArgumentException($"an array has at most 4 dimensions here, not {lengths.Length}", nameof(lengths)),
    };

    /// <summary>The lengths, first dimension first.</summary>
    public int[] ToArray()
    {
        var lengths = new int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            lengths[i] = this[i];
        }

        return lengths;
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", ToArray())}]";
}
