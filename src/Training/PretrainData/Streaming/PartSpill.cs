// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using Microsoft.Win32.SafeHandles;

namespace BertManaged.Training;

/// <summary>Bytes of many parts, waiting in one file: each part has a block in memory that goes to the file when it is full. The file has
/// no name to other programs where the system can do that, so that nothing is left of it however the program ends.</summary>
internal sealed class PartSpill : IDisposable
{
    /// <summary>Bytes of a part that are in memory at most.</summary>
    public const int BlockBytes = 1 << 16;

    private readonly string _folder;
    private readonly SafeFileHandle _file;
    private readonly Part[] _parts;
    private long _fileBytes;

    /// <param name="folder">Where the file is.</param>
    /// <param name="parts">How many parts there are.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public PartSpill(string folder, int parts)
    {
        _folder = folder;
        _parts = [.. Enumerable.Range(0, parts).Select(_ => new Part())];
        string path = Path.Combine(folder, $".{Guid.NewGuid():N}.documents");
        _file = Try(() => File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose));
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
    }

    /// <summary>Appends to a part.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(int part, ReadOnlySpan<byte> bytes)
    {
        Part to = _parts[part];
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(bytes.Length, BlockBytes - to.Filled);
            bytes[..length].CopyTo(to.Block.AsSpan(to.Filled));
            bytes = bytes[length..];
            to.Filled += length;
            if (to.Filled == BlockBytes)
            {
                Write(to);
            }
        }
    }

    /// <summary>All bytes of a part. Several threads may read at once.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] Read(int part)
    {
        Part from = _parts[part];
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((from.Offsets.Count * BlockBytes) + from.Filled));
        for (int i = 0; i < from.Offsets.Count; i++)
        {
            ReadBlock(bytes.AsSpan(i * BlockBytes, BlockBytes), from.Offsets[i]);
        }

        from.Block.AsSpan(0, from.Filled).CopyTo(bytes.AsSpan(from.Offsets.Count * BlockBytes));
        return bytes;
    }

    public void Dispose() => _file.Dispose();

    private void Write(Part part)
    {
        Try(() =>
        {
            RandomAccess.Write(_file, part.Block, _fileBytes);
            return 0;
        });
        part.Offsets.Add(_fileBytes);
        part.Filled = 0;
        _fileBytes += BlockBytes;
    }

    private void ReadBlock(Span<byte> block, long offset)
    {
        for (int filled = 0; filled < block.Length;)
        {
            int read = RandomAccess.Read(_file, block[filled..], offset + filled);
            filled += read > 0 ? read : throw new IOException($"{_folder}: the file of documents there was cut short");
        }
    }

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new IOException(
                $"{_folder}: documents cannot wait there ({SystemReason.Of(e)}); name a folder with room by --temp_dir", e);
        }
    }

    private sealed class Part
    {
        public byte[] Block { get; } = new byte[BlockBytes];

        public int Filled { get; set; }

        public List<long> Offsets { get; } = [];
    }
}
