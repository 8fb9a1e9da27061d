// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Run_ManyTimes_DoesEachPieceOnce(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int round = 0; round < 5000; round++)
        {
            var counts = new int[round % 23];
            pool.Run(counts.Length, new CountWork(counts));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Run_AfterAPause_WakesTheSleepers()
    {
        using var pool = new WorkerPool(3);
        for (int round = 0; round < 20; round++)
        {
            Thread.Sleep(round % 5);
            var counts = new int[50];
            pool.Run(counts.Length, new CountWork(counts));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Run_TwoPoolsAtOnce_DoNotDisturbEachOther()
    {
        Exception? failure = null;
        var other = new Thread(() => failure = Record.Exception(() => Run_ManyTimes_DoesEachPieceOnce(2)));
        other.Start();
        Run_ManyTimes_DoesEachPieceOnce(3);
        other.Join();
        Assert.Null(failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_PieceThrows_RethrowsAndGoesOn(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (int round = 0; round < 200; round++)
        {
            int bad = round % 40;
            InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => pool.Run(40, new ThrowingWork(bad)));
            Assert.Equal($"piece {bad}", thrown.Message);
            var counts = new int[9];
            pool.Run(counts.Length, new CountWork(counts));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Run_FromAPiece_IsRefused()
    {
        using var pool = new WorkerPool(2);
        Assert.Throws<InvalidOperationException>(() => pool.Run(1, new NestedWork(pool)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(3, 9)]
    public void Run_AfterDispose_IsRefused(int threads, int pieces)
    {
        var pool = new WorkerPool(threads);
        pool.Dispose();
        var counts = new int[pieces];
        Assert.Throws<ObjectDisposedException>(() => pool.Run(pieces, new CountWork(counts)));
        Assert.All(counts, count => Assert.Equal(0, count));
    }

    [Fact]
    public void RunRanges_AnyLength_CoversItOnce()
    {
        using var pool = new WorkerPool(2);
        foreach (int count in new[] { 0, 1, 9, 10, 11, 99, 1000 })
        {
            var counts = new int[count];
            pool.RunRanges(count, 10, new RangeCountWork(counts));
            Assert.All(counts, times => Assert.Equal(1, times));
        }
    }

    private readonly struct CountWork(int[] counts) : IWork
    {
        public void Run(int piece, Scratch scratch) => Interlocked.Increment(ref counts[piece]);
    }

    private readonly struct RangeCountWork(int[] counts) : IRangeWork
    {
        public void Run(int start, int end)
        {
            Assert.InRange(end - start, 1, 10);
            for (int i = start; i < end; i++)
            {
                Interlocked.Increment(ref counts[i]);
            }
        }
    }

    private readonly struct ThrowingWork(int bad) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            if (piece == bad)
            {
                throw new InvalidDataException($"piece {piece}");
            }
        }
    }

    private readonly struct NestedWork(WorkerPool pool) : IWork
    {
        public void Run(int piece, Scratch scratch) => pool.Run(1, new CountWork(new int[1]));
    }
}
