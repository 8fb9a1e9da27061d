// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public class ElementwiseTests
{
    public static TheoryData<int> Lengths => [1, 15, 16, 17, 1000, (1 << 15) - 1, (1 << 15) + 1, 200_003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Fill_Value_IsEverywhereAndNowhereElse(int length)
    {
        using var backend = new CpuBackend(2);
        Tensor whole = backend.Upload(new Shape(length + 2), new float[length + 2]);

        backend.Fill(1.5, whole.View(1, new Shape(length)));

        Assert.Equal([0f, .. Enumerable.Repeat(1.5f, length), 0f], backend.Download(whole));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Copy_Gradient_OverwritesOrAdds(int length)
    {
        var random = new Random(length);
        float[] x = HostArrays.Random(random, length), before = HostArrays.Random(random, length);
        using var backend = new CpuBackend(2);
        Tensor from = backend.Upload(new Shape(length), x), added = backend.Upload(new Shape(length), before);
        Tensor overwritten = backend.Poisoned(new Shape(length));

        backend.Copy(from, new GradientTarget(overwritten, false));
        backend.Copy(from, new GradientTarget(added, true));

        Assert.Equal(x, backend.Download(overwritten));
        Assert.Equal([.. x.Zip(before, (a, b) => a + b)], backend.Download(added));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Add_IntoNewMemoryOrInPlace_Adds(int length)
    {
        var random = new Random(length);
        float[] a = HostArrays.Random(random, length), b = HostArrays.Random(random, length);
        float[] expected = [.. a.Zip(b, (x, y) => x + y)];
        using var backend = new CpuBackend(2);
        Tensor left = backend.Upload(new Shape(length), a), right = backend.Upload(new Shape(length), b);
        Tensor sum = backend.Poisoned(new Shape(length));

        backend.Add(left, right, sum);
        backend.Add(left, right, left);

        Assert.Equal(expected, backend.Download(sum));
        Assert.Equal(expected, backend.Download(left));
    }
}
