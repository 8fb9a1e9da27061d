// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Float32 kernels on the processor: vectors of the widest instruction set there is, all cores.</summary>
/// <remarks>Results are bit-identical for any number of threads: work is cut by its size, partial sums are added in a fixed
/// order. Another vector width adds in another order. One backend computes for one thread at a time. Its memory is not
/// garbage collected: dispose it.</remarks>
public sealed partial class CpuBackend : IBackend
{
    private readonly WorkerPool _pool;

    /// <summary>Whether this machine can run a backend at a vector width.</summary>
    public static bool Supports(SimdLevel level) => Simd.IsSupported(level);

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many compute at once; 0 for one on each core.</param>
    /// <param name="level">Width of the vectors; null for what the environment variable BERTMANAGED_SIMD says, or else the widest.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none.</exception>
    /// <exception cref="ArgumentException">This machine lacks the level, or the variable says something else.</exception>
    public CpuBackend(int threads = 0, SimdLevel? level = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Level = level ?? Simd.FromEnvironment();
        Simd.Require(Level);
        _pool = new WorkerPool(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public int ElementBytes => sizeof(float);

    /// <summary>How many threads compute at once.</summary>
    public int Threads => _pool.Threads;

    /// <summary>Width of the vectors it computes with.</summary>
    public SimdLevel Level { get; }

    /// <summary>Stops the threads and gives back all memory, that of the tensors included.</summary>
    public void Dispose()
    {
        _pool.Dispose();
        FreeMemory();
    }
}
