// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

/// <summary>A copy to or from the host is of the whole tensor, or refused.</summary>
public class HostCopyTests
{
    public static MatrixTheoryData<bool, int> Cases => new([true, false], [0, 5, 7]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Copy_OfAnotherLength_SaysBoth(bool isCpu, int length)
    {
        using IBackend backend = isCpu ? new CpuBackend(1) : new ReferenceBackend();
        Tensor tensor = backend.Allocate(new Shape(2, 3), Lifetime.Persistent);
        backend.Fill(1, tensor);
        Action[] copies =
        [
            () => backend.CopyFromHost(new double[length], tensor),
            () => backend.CopyFromHost(new float[length], tensor),
            () => backend.CopyToHost(tensor, new double[length]),
            () => backend.CopyToHost(tensor, new float[length]),
        ];
        Assert.All(copies, copy =>
        {
            ArgumentException thrown = Assert.Throws<ArgumentException>(copy);
            Assert.Contains("6 elements", thrown.Message);
            Assert.Contains($"has {length}", thrown.Message);
        });

        var values = new double[6];
        backend.CopyToHost(tensor, values);
        Assert.All(values, value => Assert.Equal(1, value));
    }
}
