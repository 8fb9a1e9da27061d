// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Working memory of one thread, or of one kernel: it grows to the largest request and stays.</summary>
internal sealed unsafe class Scratch
{
    private CpuStorage? _storage;

    /// <summary>Memory for <paramref name="count"/> floats of undefined content, aligned to a cache line. The previous request's
    /// memory must not be used any more.</summary>
    public float* Floats(long count)
    {
        if (_storage is null || _storage.Length < count)
        {
            _storage?.Free();
            _storage = new CpuStorage(CpuStorage.RoundUp(count));
        }

        return _storage.Memory;
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        _storage?.Free();
        _storage = null;
    }
}
