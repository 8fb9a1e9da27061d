// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

public class ArgMaxTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void ArgMax_OfAllSizes_IsTheFirstOfTheLargest(SimdLevel level)
    {
        var random = new Random(5);
        using var cpu = new CpuBackend(3, level);
        using var reference = new ReferenceBackend();
        foreach ((int rows, int columns) in new[] { (1, 1), (5, 2), (3, 15), (9, 16), (4, 33), (7, 1000), (2, 30522) })
        {
            // Few different numbers, so that every row has its largest several times.
            float[] x = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.Next(-9, 9) / 4)];
            int[] expected = [.. x.Chunk(columns).Select(row => Array.IndexOf(row, row.Max()))];
            Assert.Equal(expected, Found(cpu, x, rows, columns));
            Assert.Equal(expected, Found(reference, x, rows, columns));
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void ArgMax_OfRowsWithNaNAndInfinity_IsACaseOfItsOwn(SimdLevel level)
    {
        float nan = float.NaN, huge = float.PositiveInfinity;
        float[] x = [nan, nan, nan, -huge, -huge, -huge, -2, nan, -1, 3, huge, huge, nan, -huge, nan, nan, nan, -huge];
        using var cpu = new CpuBackend(1, level);
        using var reference = new ReferenceBackend();
        Assert.Equal([0, 0, 2, 1, 1, 2], Found(cpu, x, 6, 3));
        Assert.Equal([0, 0, 2, 1, 1, 2], Found(reference, x, 6, 3));
    }

    [Fact]
    public void ArgMax_OfMoreOrFewerPlacesThanRows_IsRefused()
    {
        using var cpu = new CpuBackend(1);
        using var reference = new ReferenceBackend();
        foreach (IBackend backend in new IBackend[] { cpu, reference })
        {
            Tensor x = backend.Allocate(new Shape(2, 3), Lifetime.Step);
            Assert.Throws<ArgumentException>(() => backend.ArgMax(x, new int[3]));
            Assert.Throws<ArgumentException>(() => backend.ArgMax(x, new int[1]));
        }
    }

    private static int[] Found(IBackend backend, float[] x, int rows, int columns)
    {
        Tensor tensor = backend.Allocate(new Shape(rows, columns), Lifetime.Step);
        backend.CopyFromHost(x, tensor);
        var found = new int[rows];
        backend.ArgMax(tensor, found);
        return found;
    }
}
