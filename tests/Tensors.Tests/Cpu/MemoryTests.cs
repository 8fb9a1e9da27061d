// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public unsafe class MemoryTests
{
    [Fact]
    public void Allocate_AnyLength_IsAlignedAndDisjoint()
    {
        using var backend = new CpuBackend(1);
        nint end = 0;
        for (int length = 1; length < 200; length++)
        {
            var start = (nint)CpuBackend.Pointer(backend.Allocate(new Shape(length), Lifetime.Step));
            Assert.Equal(0, start % CpuStorage.Alignment);
            Assert.True(start >= end);
            end = start + (length * sizeof(float));
        }

        Assert.Equal(0, (nint)CpuBackend.Pointer(backend.Allocate(new Shape(3), Lifetime.Persistent)) % CpuStorage.Alignment);
    }

    [Fact]
    public void Allocate_OfPersistentMemory_IsAlignedAndNoTensorTouchesAnother()
    {
        using var backend = new CpuBackend(1);
        // A slab has 1 << 24 floats (64 MiB). Half of one is taken from it, one float more has memory of its own; five million still fit
        // behind what the slab holds, another half does not and begins the next slab.
        int[] lengths = [3, 1, 1 << 23, 17, (1 << 23) + 1, 5_000_000, 1 << 23, 64, 1];
        Tensor[] tensors = [.. lengths.Select(length => backend.Allocate(new Shape(length), Lifetime.Persistent))];
        Storage[] blocks = [.. tensors.Select(tensor => tensor.Storage).Distinct()];
        Assert.Equal([0, 0, 0, 0, 1, 0, 2, 2, 2], tensors.Select(tensor => Array.IndexOf(blocks, tensor.Storage)));
        for (int i = 0; i < tensors.Length; i++)
        {
            Assert.Equal(0, (nint)CpuBackend.Pointer(tensors[i]) % CpuStorage.Alignment);
            backend.Fill(i + 1, tensors[i]);
        }

        for (int i = 0; i < tensors.Length; i++)
        {
            Assert.Equal(-1, new Span<float>(CpuBackend.Pointer(tensors[i]), lengths[i]).IndexOfAnyExcept(i + 1f));
        }
    }

    [Fact]
    public void ResetStep_AfterAStepBeyondTheSlab_FindsOneSlabAndNeverGrowsAgain()
    {
        using var backend = new CpuBackend(1);
        Storage[] first = Step(backend);
        Assert.True(first.Distinct().Count() > 1);
        backend.ResetStep();
        long bytes = backend.StepBytes;
        Storage[] second = Step(backend);
        Assert.Single(second.Distinct());
        for (int i = 0; i < 3; i++)
        {
            backend.ResetStep();
            Assert.Equal(second, Step(backend));
            Assert.Equal(bytes, backend.StepBytes);
        }
    }

    [Fact]
    public void ResetStep_PersistentMemory_KeepsItsContent()
    {
        using var backend = new CpuBackend(1);
        Tensor kept = backend.Allocate(new Shape(5), Lifetime.Persistent);
        backend.CopyFromHost([1f, 2f, 3f, 4f, 5f], kept);
        Step(backend);
        backend.ResetStep();
        Step(backend);
        Assert.Equal([1f, 2f, 3f, 4f, 5f], backend.Download(kept));
    }

    [Fact]
    public void Allocate_OfPoisonedMemory_IsNaNWheneverItIsNew()
    {
        using var backend = new CpuBackend(1) { PoisonsMemory = true };
        Assert.All(backend.Download(backend.Allocate(new Shape(1000), Lifetime.Persistent)), AssertNaN);
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < 10; i++)
            {
                Tensor fresh = backend.Allocate(new Shape(100, 999), Lifetime.Step);
                Assert.All(backend.Download(fresh), AssertNaN);
                backend.Fill(i, fresh);
            }

            backend.ResetStep();
        }
    }

    [Fact]
    public void ResetStep_OfPoisonedMemory_PoisonsTheStepBefore()
    {
        using var backend = new CpuBackend(1) { PoisonsMemory = true };
        Tensor stale = backend.Upload(new Shape(3), [1, 2, 3]);
        backend.ResetStep();
        Assert.All(backend.Download(stale), AssertNaN);
    }

    [Fact]
    public void CopyFromHost_Doubles_AreRoundedToNearest()
    {
        double[] values = [0.1, -1e-50, 1.0000000596046449, 16777217, -3.5e38];
        using var backend = new CpuBackend(1);
        Tensor tensor = backend.Allocate(new Shape(values.Length), Lifetime.Step);
        backend.CopyFromHost(values, tensor);
        var back = new double[values.Length];
        backend.CopyToHost(tensor, back);
        Assert.Equal([.. values.Select(value => (double)(float)value)], back);
    }

    [Fact]
    public void Kernel_AfterDispose_IsAnError()
    {
        var backend = new CpuBackend(1);
        Tensor kept = backend.Allocate(new Shape(5), Lifetime.Persistent);
        backend.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.CopyToHost(kept, new float[5]));
    }

    [Fact]
    public void Allocate_AfterDispose_IsAnError()
    {
        var backend = new CpuBackend(1);
        backend.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.Allocate(new Shape(5), Lifetime.Persistent));
        Assert.Throws<ObjectDisposedException>(() => backend.Allocate(new Shape(5), Lifetime.Step));
    }

    [Fact]
    public void Scratch_AfterFree_IsAnErrorAndNoLeak()
    {
        var scratch = new Scratch();
        scratch.Floats(10);
        scratch.Free();
        Assert.Throws<ObjectDisposedException>(() => scratch.Floats(10));
        scratch.Free();
    }

    [Fact]
    public void Kernel_TensorOfAnotherBackend_IsAnError()
    {
        using var backend = new CpuBackend(1);
        var foreign = new Tensor(new Shape(5), new ForeignStorage(), 0);
        Assert.Throws<ArgumentException>(() => backend.Fill(0, foreign));
    }

    [Fact]
    public void Kernels_AfterWarmUp_AllocateNothing()
    {
        using var backend = new CpuBackend(2);
        AllKernels step = new(backend);
        for (int i = 0; i < 50; i++)
        {
            step.Run();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            step.Run();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void AssertNaN(float value) => Assert.True(float.IsNaN(value));

    private static Storage[] Step(CpuBackend backend) =>
        [.. Enumerable.Range(0, 40).Select(_ => backend.Allocate(new Shape(100, 300), Lifetime.Step).Storage)];

    private sealed class ForeignStorage() : Storage(5);

    /// <summary>The kernels of a training step, on tensors made before.</summary>
    private sealed class AllKernels(CpuBackend backend)
    {
        private const int Rows = 150, Hidden = 64, Heads = 4;

        private readonly SequenceLayout _layout = new([100, 50]);
        private readonly IndexTensor _ids = new([.. Enumerable.Range(0, Rows).Select(r => r % 7)]);
        private readonly IndexTensor _someRows = new([0, 1, 2, 3, 4, 5, 6]);
        private readonly Tensor _x = New(backend, Rows, Hidden), _y = New(backend, Rows, Hidden), _z = New(backend, Rows, Hidden);
        private readonly Tensor _weight = New(backend, Hidden, Hidden), _dWeight = New(backend, Hidden, Hidden);
        private readonly Tensor _m = New(backend, Hidden, Hidden), _v = New(backend, Hidden, Hidden), _bias = New(backend, 1, Hidden);
        private readonly Tensor _probs = New(backend, 1, Heads * ((100 * 100) + (50 * 50)));

        public void Run()
        {
            DropoutMask mask = new(0.1, 1, 2, 3);
            AdamStep step = new(1e-3, 0.9, 0.999, 1e-6, 0.01, 1, 1);
            var dX = new GradientTarget(_z, false);
            backend.Gather(_weight, _ids, _x);
            backend.Linear(_x, _weight, _bias, _y);
            backend.Attention(_x, _x, _x, _layout, Heads, 0.25, mask, _y, _probs);
            backend.AttentionBackward(_x, _x, _x, _layout, Heads, 0.25, mask, _probs, _y, dX, new GradientTarget(_z, true), dX);
            backend.LinearBackward(_x, _weight, _y, dX, new GradientTarget(_dWeight, false), new GradientTarget(_bias, true));
            backend.GatherBackward(_ids, _y, stale: null, new GradientTarget(_dWeight, true));
            backend.GatherBackward(_ids, _y, _someRows, new GradientTarget(_dWeight, false));
            backend.Copy(_x, dX);
            backend.Add(_x, _y, _z);
            backend.SumOfSquares(_dWeight, rows: null);
            backend.SumOfSquares(_dWeight, _someRows);
            backend.AdamWeightDecay(_dWeight, step, _weight, _m, _v);
            backend.AdamW(_dWeight, step, _weight, _m, _v);
            backend.ResetStep();
        }

        private static Tensor New(CpuBackend backend, int rows, int columns)
        {
            Tensor tensor = backend.Allocate(new Shape(rows, columns), Lifetime.Persistent);
            backend.Fill(0, tensor);
            return tensor;
        }
    }
}
