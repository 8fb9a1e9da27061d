// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Working memory of one thread, or of one kernel: it grows to the largest request and stays.</summary>
internal sealed unsafe class Scratch
{
    // A large page: packed blocks are read over and over, and on small pages their addresses would be looked up as often.
    private const int LeastFloats = AlignedMemory.HugePage / sizeof(float);

    private CpuStorage? _storage;
    private bool _isFreed;

    /// <summary>Memory for <paramref name="count"/> floats of undefined content, aligned to a cache line. The previous request's
    /// memory must not be used any more.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back for good.</exception>
    public float* Floats(long count)
    {
        ObjectDisposedException.ThrowIf(_isFreed, this);
        if (_storage is null || _storage.Length < count)
        {
            _storage?.Free();
            _storage = new CpuStorage(Math.Max(CpuStorage.RoundUp(count), LeastFloats));
        }

        return _storage.Memory;
    }

    /// <summary>Gives the memory back for good.</summary>
    public void Free()
    {
        _storage?.Free();
        _storage = null;
        _isFreed = true;
    }
}
