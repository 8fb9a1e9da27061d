// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace BertManaged.Tensors;

/// <summary>The threads of one backend. They take the pieces of a work one by one until none is left; the caller takes part.</summary>
/// <remarks>The pieces are cut by the size of the work and never by the number of threads, so results do not depend on it.
/// Threads that find nothing to do look out for a moment, because kernels follow each other closely, and then sleep.</remarks>
internal sealed unsafe class WorkerPool : IDisposable
{
    // Together some tens of microseconds.
    private const int SpinsBeforeSleep = 1000, SpinLength = 2;

    private readonly Thread[] _threads;
    private readonly Scratch[] _scratch;
    private readonly object _gate = new();
    private int _entered;
    private int _sleeping;
    private volatile bool _stopping;

    // The job: written by the caller before _number moves on, read by who has entered _active and found _open true.
    private delegate*<void*, int, Scratch, void> _invoke;
    private void* _work;
    private int _pieces;
    private int _next;
    private int _active;
    private volatile bool _open;
    private volatile int _number;
    private Exception? _failure;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many compute at once, the caller included; at least 1.</param>
    public WorkerPool(int threads)
    {
        _scratch = new Scratch[threads];
        _threads = new Thread[threads - 1];
        for (int i = 0; i < threads; i++)
        {
            _scratch[i] = new Scratch();
        }

        for (int i = 0; i < _threads.Length; i++)
        {
            Scratch scratch = _scratch[i + 1];
            _threads[i] = new Thread(() => Serve(scratch)) { IsBackground = true, Name = $"BertManaged worker {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>How many threads compute at once, the caller included.</summary>
    public int Threads => _scratch.Length;

    /// <summary>Does all pieces and returns when all are done. Pieces of a work see the effects of all work before it.</summary>
    /// <param name="pieces">How many there are.</param>
    /// <param name="work">What is done.</param>
    /// <param name="alone">Whether all of them together are too small to be worth waking a thread.</param>
    /// <exception cref="ObjectDisposedException">The threads are stopped.</exception>
    /// <exception cref="InvalidOperationException">Another thread, or a piece, is already running work on this pool.</exception>
    public void Run<TWork>(int pieces, in TWork work, bool alone = false)
        where TWork : struct, IWork
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        if (Interlocked.Exchange(ref _entered, 1) != 0)
        {
            throw new InvalidOperationException("A CPU backend computes for one thread at a time; use one backend per thread");
        }

        try
        {
            // A copy on this stack frame, which outlives the work: other threads may hold a pointer to it.
            TWork local = work;
            if (alone || pieces == 1 || _threads.Length == 0)
            {
                RunHere(pieces, ref local);
            }
            else if (pieces > 1)
            {
                Distribute(pieces, &Invoke<TWork>, Unsafe.AsPointer(ref local));
            }
        }
        finally
        {
            Volatile.Write(ref _entered, 0);
        }
    }

    /// <summary>Does the items 0 to <paramref name="count"/> − 1 in ranges of <paramref name="chunk"/> items.</summary>
    public void RunRanges<TRanges>(int count, int chunk, in TRanges ranges)
        where TRanges : struct, IRangeWork =>
        Run((int)(((long)count + chunk - 1) / chunk), new RangeWork<TRanges>(ranges, count, chunk));

    /// <summary>Stops the threads and gives their working memory back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        foreach (Scratch scratch in _scratch)
        {
            scratch.Free();
        }
    }

    private static void Invoke<TWork>(void* work, int piece, Scratch scratch)
        where TWork : struct, IWork => Unsafe.AsRef<TWork>(work).Run(piece, scratch);

    private void RunHere<TWork>(int pieces, ref TWork work)
        where TWork : struct, IWork
    {
        for (int piece = 0; piece < pieces; piece++)
        {
            work.Run(piece, _scratch[0]);
        }
    }

    private void Distribute(int pieces, delegate*<void*, int, Scratch, void> invoke, void* work)
    {
        _invoke = invoke;
        _work = work;
        (_pieces, _next, _failure) = (pieces, 0, null);
        _open = true;
        Interlocked.Increment(ref _number);
        WakeSleepers();

        TakePieces(_scratch[0]);

        // Either a late thread sees the job closed, or this one sees it active: hence the barrier.
        _open = false;
        Interlocked.MemoryBarrier();
        SpinWait wait = default;
        while (Volatile.Read(ref _active) != 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void TakePieces(Scratch scratch)
    {
        int piece;
        while ((piece = Interlocked.Increment(ref _next) - 1) < _pieces)
        {
            try
            {
                _invoke(_work, piece, scratch);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
                Volatile.Write(ref _next, _pieces);
            }
        }
    }

    private void Serve(Scratch scratch)
    {
        int seen = 0;
        while (!_stopping)
        {
            AwaitJobAfter(ref seen);
            Interlocked.Increment(ref _active);
            if (_open)
            {
                TakePieces(scratch);
            }

            Interlocked.Decrement(ref _active);
        }
    }

    private void AwaitJobAfter(ref int seen)
    {
        for (int spins = 0; spins < SpinsBeforeSleep && _number == seen; spins++)
        {
            Thread.SpinWait(SpinLength);
        }

        if (_number == seen)
        {
            lock (_gate)
            {
                Interlocked.Increment(ref _sleeping);
                while (_number == seen && !_stopping)
                {
                    Monitor.Wait(_gate);
                }

                Interlocked.Decrement(ref _sleeping);
            }
        }

        seen = _number;
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref _sleeping) != 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }
}
