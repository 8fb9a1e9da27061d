// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

/// <summary>Step memory that is given back before the step is over.</summary>
public unsafe class ReleaseTests
{
    private const int Line = 64;

    [Fact]
    public void Release_OfOneOfThree_IsHandedOutAgain()
    {
        using var backend = new CpuBackend(1);
        Tensor first = New(backend, 100), second = New(backend, 100), third = New(backend, 100);
        backend.Fill(1, first);
        backend.Fill(3, third);
        nint at = At(second);
        backend.Release(second);
        Tensor again = New(backend, 90);
        backend.Fill(2, again);
        Assert.Equal(at, At(again));
        Assert.All(backend.Download(first), value => Assert.Equal(1, value));
        Assert.All(backend.Download(third), value => Assert.Equal(3, value));
    }

    [Fact]
    public void Release_OfNeighboursInAnyOrder_MakesRoomForTheirSum()
    {
        foreach (int[] order in new int[][] { [1, 2, 3], [3, 2, 1], [2, 1, 3], [1, 3, 2], [3, 1, 2], [2, 3, 1] })
        {
            using var backend = new CpuBackend(1);
            Tensor[] tensors = [.. Enumerable.Range(0, 5).Select(_ => New(backend, Line))];
            nint at = At(tensors[1]);
            foreach (int i in order)
            {
                backend.Release(tensors[i]);
            }

            Assert.Equal(at, At(New(backend, 3 * Line)));
        }
    }

    [Fact]
    public void Allocate_WithSeveralHoles_TakesTheSmallestThatFits()
    {
        using var backend = new CpuBackend(1);
        Tensor[] tensors = [.. new[] { 5, 1, 2, 1, 3, 1 }.Select(lines => New(backend, lines * Line))];
        nint of2 = At(tensors[2]), of5 = At(tensors[0]);
        backend.Release(tensors[0]);
        backend.Release(tensors[4]);
        backend.Release(tensors[2]);
        Assert.Equal(of2, At(New(backend, 2 * Line)));
        Assert.Equal(of5, At(New(backend, 4 * Line)));
    }

    [Fact]
    public void StepBytes_OfAStepThatReleases_AreThoseHeldAtOnce()
    {
        const int Length = 1 << 20;
        using var backend = new CpuBackend(1);
        for (int step = 0; step < 3; step++)
        {
            Tensor kept = New(backend, Length);
            for (int i = 0; i < 20; i++)
            {
                backend.Release(New(backend, Length));
                Assert.InRange(backend.StepBytes, 1, 3L * Length * sizeof(float));
            }

            backend.ResetStep();
            Assert.Equal(2L * Length * sizeof(float), backend.StepBytes);
        }
    }

    /// <summary>Random requests and returns, against a plain account of who owns which byte.</summary>
    [Fact]
    public void AllocateAndRelease_AtRandom_NeverShareMemoryAndRepeat()
    {
        using var backend = new CpuBackend(1);
        long[] held = [.. Enumerable.Range(0, 4).Select(_ => RandomStep(backend))];
        Assert.Equal(held[1], held[2]);
        Assert.Equal(held[1], held[3]);
    }

    [Fact]
    public void Release_OfPoisonedMemory_IsNaNAtOnce()
    {
        using var backend = new CpuBackend(1) { PoisonsMemory = true };
        Tensor first = backend.Upload(new Shape(3), [1, 2, 3]), second = backend.Upload(new Shape(3), [4, 5, 6]);
        backend.Release(first);
        Assert.All(backend.Download(first), value => Assert.True(float.IsNaN(value)));
        Assert.Equal([4f, 5f, 6f], backend.Download(second));
    }

    [Fact]
    public void Release_OfPoisonedMemory_FindsEveryMisuse()
    {
        using var backend = new CpuBackend(1) { PoisonsMemory = true };
        Tensor tensor = New(backend, Line);
        Assert.Throws<InvalidOperationException>(() => backend.Release(tensor.View(0, new Shape(1))));
        Assert.Throws<InvalidOperationException>(() => backend.Release(backend.Allocate(new Shape(3), Lifetime.Persistent)));
        backend.Release(tensor);
        New(backend, Line);
        Assert.Throws<InvalidOperationException>(() => backend.Release(tensor));
    }

    [Fact]
    public void Release_OfCleanMemory_FindsWhatIsNotInUse()
    {
        using var backend = new CpuBackend(1) { PoisonsMemory = false };
        Tensor small = New(backend, Line), behind = New(backend, Line), large = New(backend, 1 << 20);
        Assert.Throws<InvalidOperationException>(() => backend.Release(backend.Allocate(new Shape(3), Lifetime.Persistent)));
        backend.Release(large);
        backend.Release(small);
        Assert.Throws<InvalidOperationException>(() => backend.Release(small));
        Assert.Throws<InvalidOperationException>(() => backend.Release(large));
        backend.Release(behind);
        Assert.Throws<InvalidOperationException>(() => backend.Release(behind));
    }

    [Fact]
    public void Release_OnReference_MakesReadingAnError()
    {
        using var backend = new ReferenceBackend();
        Tensor kept = backend.Allocate(new Shape(4), Lifetime.Step), gone = backend.Allocate(new Shape(3), Lifetime.Step);
        backend.Release(gone);
        Assert.Equal(4 * sizeof(double), backend.StepBytes);
        Assert.Throws<ObjectDisposedException>(() => backend.Fill(0, gone));
        Assert.Throws<InvalidOperationException>(() => backend.Release(gone));
        Assert.Throws<InvalidOperationException>(() => backend.Release(kept.View(0, new Shape(2))));
        Assert.Throws<InvalidOperationException>(() => backend.Release(backend.Allocate(new Shape(3), Lifetime.Persistent)));
    }

    private static long RandomStep(CpuBackend backend)
    {
        var random = new Random(5);
        var live = new List<Tensor>();
        for (int i = 0; i < 2000; i++)
        {
            if (live.Count > 0 && random.Next(100) < 48)
            {
                int which = random.Next(live.Count);
                backend.Release(live[which]);
                live.RemoveAt(which);
            }
            else
            {
                live.Add(New(backend, random.Next(1, 40_000)));
                AssertDisjoint(live);
            }
        }

        backend.ResetStep();
        return backend.StepBytes;
    }

    private static void AssertDisjoint(List<Tensor> live)
    {
        nint end = 0;
        foreach ((nint start, nint bytes) in live.Select(tensor => (At(tensor), (nint)tensor.Length * sizeof(float))).Order())
        {
            Assert.True(start >= end);
            end = start + bytes;
        }
    }

    private static Tensor New(CpuBackend backend, int length) => backend.Allocate(new Shape(length), Lifetime.Step);

    private static nint At(Tensor tensor) => (nint)CpuBackend.Pointer(tensor);
}
