// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix product to be done: C = A · B (+ bias), or C = C + A · B (+ bias).</summary>
internal readonly unsafe struct Product
{
    /// <summary>[Rows, Depth].</summary>
    public required MatrixView A { get; init; }

    /// <summary>[Depth, Columns].</summary>
    public required MatrixView B { get; init; }

    /// <summary>[Rows, Columns], columns next to each other.</summary>
    public required float* C { get; init; }

    /// <summary>Floats from a row of C to the next.</summary>
    public required int CStride { get; init; }

    /// <summary>Rows of A and C.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of B and C.</summary>
    public required int Columns { get; init; }

    /// <summary>Columns that B has, if fewer than C: the further ones of C then get any content.</summary>
    public int? BColumns { get; init; }

    /// <summary>Length of the sums: columns of A, rows of B.</summary>
    public required int Depth { get; init; }

    /// <summary>Whether to add to what is in C.</summary>
    public bool Add { get; init; }

    /// <summary>Added to each row at the end, [Columns], or null.</summary>
    public float* Bias { get; init; }

    /// <summary>Whether there is nothing to multiply.</summary>
    public bool IsEmpty => Rows == 0 || Columns == 0 || Depth == 0;

    /// <summary>Some rows times some columns over a part of the depth: what that part adds to C, the bias with the last.</summary>
    public Product Block(int row, int rows, int column, int columns, int k, int length) => new()
    {
        A = A.From(row, k),
        B = B.From(k, column),
        C = CAt(row, column),
        CStride = CStride,
        Rows = rows,
        Columns = columns,
        Depth = length,
        Add = Add || k > 0,
        Bias = BiasAt(column, k + length == Depth),
    };

    /// <summary>Where C begins in (row, column).</summary>
    public float* CAt(int row, int column) => C + ((long)row * CStride) + column;

    /// <summary>The bias from a column on if <paramref name="last"/>, the block that ends the sums; else null.</summary>
    public float* BiasAt(int column, bool last) => last && Bias is not null ? Bias + column : null;
}
