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
}
