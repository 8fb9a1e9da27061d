// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.MatMul;

public unsafe class RegisterTileTests
{
    /// <summary>Rows that a tile reads though they are not there may lie behind all memory: only these are read where they lie.</summary>
    [Fact]
    public void Fits_OnlyRowsForWhichThereIsATile()
    {
        Assert.Equal([1, 3, 6, 8, 12], Enumerable.Range(1, 12).Where(RegisterTile<Lanes16>.Fits));
        Assert.Equal([1, 3, 6], Enumerable.Range(1, 6).Where(RegisterTile<Lanes8>.Fits));
    }

    /// <summary>Wide tiles read no row that is not there.</summary>
    [Fact]
    public void WideHeight_NeverMoreThanIsLeft() =>
        Assert.Equal([1, 2, 2, 2, 2, 6, 6], Enumerable.Range(1, 7).Select(RegisterTile<Lanes16>.WideHeight));

    /// <summary>A wide panel of few would leave threads without work, and rows next to each other have no wide tile.</summary>
    [Fact]
    public void IsWide_ForManyColumnsAndRowsAlongTheDepthAlone()
    {
        Assert.True(RegisterTile<Lanes16>.IsWide(ProductOf(MatrixView.RowMajor(null, 768), 256)));
        Assert.False(RegisterTile<Lanes16>.IsWide(ProductOf(MatrixView.RowMajor(null, 768), 255)));
        Assert.False(RegisterTile<Lanes16>.IsWide(ProductOf(MatrixView.RowMajor(null, 768).Transposed, 256)));
        Assert.False(RegisterTile<Lanes8>.IsWide(ProductOf(MatrixView.RowMajor(null, 768), 256)));
    }

    private static Product ProductOf(MatrixView a, int columns) => new()
    {
        A = a,
        B = MatrixView.RowMajor(null, columns),
        C = null,
        CStride = columns,
        Rows = 768,
        Columns = columns,
        Depth = 768,
    };
}
