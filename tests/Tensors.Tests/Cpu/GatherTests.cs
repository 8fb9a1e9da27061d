// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public class GatherTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 30)]
    [InlineData(50, 384, 700)]
    [InlineData(3, 257, 9)]
    public void Gather_Ids_CopiesTheirRows(int vocabulary, int hidden, int rows)
    {
        var random = new Random(vocabulary);
        float[] table = HostArrays.Random(random, vocabulary * hidden);
        int[] ids = [.. Enumerable.Range(0, rows).Select(_ => random.Next(vocabulary))];
        using var backend = new CpuBackend(2);
        Tensor y = backend.Poisoned(new Shape(rows, hidden));

        backend.Gather(backend.Upload(new Shape(vocabulary, hidden), table), new IndexTensor(ids), y);

        float[] expected = [.. ids.SelectMany(id => table[(id * hidden)..((id + 1) * hidden)])];
        HostArrays.AssertSameBits(expected, backend.Download(y), "y");
    }

    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(7, 5, 300, true)]
    [InlineData(50, 384, 700, false)]
    [InlineData(200, 257, 90, true)]
    public void GatherBackward_Ids_AddsRowsInAscendingOrder(int vocabulary, int hidden, int rows, bool accumulate)
    {
        var random = new Random(hidden);
        float[] dY = HostArrays.Random(random, rows * hidden);
        int[] ids = [.. Enumerable.Range(0, rows).Select(_ => random.Next(vocabulary))];
        using var backend = new CpuBackend(3);
        Target target = Target.New(backend, random, new Shape(vocabulary, hidden), accumulate);

        // The order shows in the bits.
        float[] expected = (float[])(target.Before?.Clone() ?? new float[vocabulary * hidden]);
        for (int r = 0; r < rows; r++)
        {
            for (int h = 0; h < hidden; h++)
            {
                expected[(ids[r] * hidden) + h] += dY[(r * hidden) + h];
            }
        }

        backend.GatherBackward(new IndexTensor(ids), backend.Upload(new Shape(rows, hidden), dY), stale: null, target.Gradient);

        HostArrays.AssertSameBits(expected, backend.Download(target.Gradient.Tensor), "dTable");
    }

    /// <summary>The rows that are not stale hold ones, so that who clears them shows.</summary>
    [Theory]
    [InlineData(5, 30)]
    [InlineData(384, 700)]
    [InlineData(257, 0)]
    public void GatherBackward_StaleRows_ClearsThemAlone(int hidden, int rows)
    {
        const int Vocabulary = 50;
        var random = new Random(hidden);
        float[] dY = HostArrays.Random(random, rows * hidden);
        int[] ids = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Vocabulary))], stale = [49, 3, 7, 20];
        using var backend = new CpuBackend(3);
        float[] table = [.. Enumerable.Range(0, Vocabulary * hidden).Select(i => stale.Contains(i / hidden) ? float.NaN : 1)];
        Tensor dTable = backend.Upload(new Shape(Vocabulary, hidden), table);

        float[] expected = Array.ConvertAll(table, value => float.IsNaN(value) ? 0 : value);
        for (int i = 0; i < rows * hidden; i++)
        {
            expected[(ids[i / hidden] * hidden) + (i % hidden)] += dY[i];
        }

        backend.GatherBackward(
            new IndexTensor(ids), backend.Upload(new Shape(rows, hidden), dY), new IndexTensor(stale), new GradientTarget(dTable, false));

        HostArrays.AssertSameBits(expected, backend.Download(dTable), "dTable");
    }

    [Fact]
    public void GatherBackward_StaleRowsOfATargetThatAccumulates_AreKept()
    {
        using var backend = new CpuBackend(2);
        Tensor dTable = backend.Upload(new Shape(2, 1), [3, 4]);
        backend.GatherBackward(
            new IndexTensor([1]), backend.Upload(new Shape(1, 1), [5]), new IndexTensor([0, 1]), new GradientTarget(dTable, true));
        Assert.Equal([3f, 9f], backend.Download(dTable));
    }
}
