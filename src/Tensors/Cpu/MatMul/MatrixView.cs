// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix in memory, or its transpose: element (i, j) is at i · RowStride + j · ColumnStride. One stride is 1.</summary>
/// <param name="data">Element (0, 0).</param>
/// <param name="rowStride">Floats from a row to the next.</param>
/// <param name="columnStride">Floats from a column to the next.</param>
internal readonly unsafe struct MatrixView(float* data, int rowStride, int columnStride)
{
    /// <summary>Element (0, 0).</summary>
    public float* Data { get; } = data;

    /// <summary>Floats from a row to the next.</summary>
    public int RowStride { get; } = rowStride;

    /// <summary>Floats from a column to the next.</summary>
    public int ColumnStride { get; } = columnStride;

    /// <summary>The same memory with rows and columns exchanged.</summary>
    public MatrixView Transposed => new(Data, ColumnStride, RowStride);

    /// <summary>A row-major matrix.</summary>
    public static MatrixView RowMajor(float* data, int columns) => new(data, columns, 1);

    /// <summary>The part that begins at (row, column).</summary>
    public MatrixView From(int row, int column) =>
        new(Data + ((long)row * RowStride) + ((long)column * ColumnStride), RowStride, ColumnStride);
}
