// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests.MatMul;

/// <summary>A copy has the matrix's elements, and lines that do not share sets of the cache.</summary>
public unsafe class SpreadRowsTests
{
    [Theory]
    [InlineData(5, 512, true)]
    [InlineData(40, 513, true)]
    [InlineData(512, 30, false)]
    [InlineData(1008, 3, false)]
    [InlineData(1, 1, true)]
    public void Copy_OfRowsOrColumns_HasTheElementsAtOddLines(int rows, int columns, bool along)
    {
        float[] elements = HostArrays.Random(new Random(rows), rows * columns);
        using var pool = new WorkerPool(2);
        var memory = new Scratch();
        fixed (float* data = elements)
        {
            MatrixView a = along ? MatrixView.RowMajor(data, columns) : MatrixView.RowMajor(data, rows).Transposed;
            MatrixView copy = SpreadRows.Copy(pool, memory, a, rows, columns);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    Assert.Equal(*a.From(i, j).Data, *copy.From(i, j).Data);
                }
            }

            int stride = along ? copy.RowStride : copy.ColumnStride;
            Assert.Equal(CpuStorage.Line, stride % (2 * CpuStorage.Line));
            Assert.False(SpreadRows.Helps(copy), "the copy's lines share sets again");
        }

        memory.Free();
    }

    [Theory]
    [InlineData(768, false, false)]
    [InlineData(1024, true, true)]
    [InlineData(1536, true, false)]
    [InlineData(3072, true, true)]
    [InlineData(4100, false, false)]
    public void Helps_AtADistance_IsSoWhereLinesShareSets(int distance, bool along, bool across)
    {
        MatrixView rows = MatrixView.RowMajor(null, distance);
        Assert.Equal(along, SpreadRows.Helps(rows));
        Assert.Equal(across, SpreadRows.Helps(rows.Transposed));
    }
}
