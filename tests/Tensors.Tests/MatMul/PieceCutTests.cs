// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.MatMul;

/// <summary>The pieces of a product cover it, and no two of them overlap.</summary>
public unsafe class PieceCutTests
{
    [Fact]
    public void Pieces_OfAnySize_CoverEachElementOnce()
    {
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            int rows = random.Next(1, 1200), columns = random.Next(1, 700), panel = 32 * random.Next(1, 3);
            Check(rows, columns, panel * random.Next(1, 5), panel);
        }
    }

    /// <summary>Few wide groups are cut by rows, so that there is something to do for as many threads as with many narrow ones.</summary>
    [Theory]
    [InlineData(256)]
    [InlineData(320)]
    [InlineData(384)]
    [InlineData(768)]
    public void Pieces_OfFewGroupsAndManyRows_AreEightAtLeast(int columns)
    {
        PieceCut cut = PieceCut.Of(ProductOf(1024, columns), group: 64, panel: 64);
        Assert.InRange(cut.Count, 8, 16);
    }

    private static void Check(int rows, int columns, int width, int panel)
    {
        Product product = ProductOf(rows, columns);
        Check(rows, columns, width, PieceCut.Of(product, width, panel));
        Check(rows, columns, width, PieceCut.IntoGroups(product, width));
    }

    private static void Check(int rows, int columns, int width, in PieceCut cut)
    {
        var seen = new byte[rows, columns];
        for (int piece = 0; piece < cut.Count; piece++)
        {
            (int row, int height, int column, int pieceColumns) = cut.Piece(piece);
            Assert.True(height > 0 && pieceColumns > 0, $"{rows}x{columns} by {width}: piece {piece} is empty");
            for (int r = row; r < row + height; r++)
            {
                for (int c = column; c < column + pieceColumns; c++)
                {
                    seen[r, c]++;
                }
            }
        }

        foreach (byte times in seen)
        {
            Assert.True(times == 1, $"{rows}x{columns} by {width}: an element is in {times} pieces");
        }
    }

    private static Product ProductOf(int rows, int columns) => new()
    {
        A = MatrixView.RowMajor(null, 1),
        B = MatrixView.RowMajor(null, columns),
        C = null,
        CStride = columns,
        Rows = rows,
        Columns = columns,
        Depth = 1,
    };
}
