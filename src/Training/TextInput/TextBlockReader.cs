// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Reads text files in blocks that end at white space, for many threads at once: each has a buffer of its own, and no file is
/// in memory as a whole.</summary>
/// <param name="files">Their paths.</param>
/// <param name="blockBytes">Bytes of a usual block; one without white space is longer.</param>
internal sealed class TextBlockReader(IReadOnlyList<string> files, int blockBytes = 1 << 20) : IDisposable
{
    private const int LongestBlock = 1 << 28;

    private readonly Lock _gate = new();

    // What was read behind the white space at which the last block ended.
    private byte[] _rest = [];
    private TextFile? _file;
    private int _nextFile;
    private long _nextBlock, _offset;

    /// <summary>Reads the next block.</summary>
    /// <param name="buffer">The caller's; made larger where a block needs it.</param>
    /// <param name="block">The block, within the buffer.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="OptionsException">A file cannot be opened or read.</exception>
    /// <exception cref="TextDataException">There is no white space for a quarter of a gigabyte.</exception>
    public bool TryRead(ref byte[] buffer, out TextBlock block)
    {
        lock (_gate)
        {
            while (_file is not null || _nextFile < files.Count)
            {
                _file ??= new TextFile(files[_nextFile++]);
                int length = Fill(ref buffer);
                if (length > 0)
                {
                    block = new TextBlock(_nextBlock++, files[_nextFile - 1], _offset, buffer.AsMemory(0, length));
                    _offset += length;
                    return true;
                }

                _file.Dispose();
                (_file, _offset) = (null, 0);
            }
        }

        block = default;
        return false;
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Fills the buffer up to the last white space that comes in, or the end of the file.</summary>
    private int Fill(ref byte[] buffer)
    {
        if (buffer.Length < Math.Max(blockBytes, _rest.Length))
        {
            buffer = new byte[Math.Max(blockBytes, 2 * _rest.Length)];
        }

        _rest.CopyTo(buffer, 0);
        int filled = _rest.Length;
        _rest = [];
        while (true)
        {
            int read = _file!.Read(buffer.AsMemory(filled));
            int end = filled + read < buffer.Length ? filled + read : filled + 1 + buffer.AsSpan(filled, read).LastIndexOfAny(" \n\t"u8);
            if (end > filled || read == 0)
            {
                _rest = buffer[end..(filled + read)];
                return end;
            }

            filled += read;
            Grow(ref buffer);
        }
    }

    private void Grow(ref byte[] buffer)
    {
        if (buffer.Length >= LongestBlock)
        {
            throw new TextDataException(
                $"{files[_nextFile - 1]}: expected words with white space between them, found none in {LongestBlock} bytes from byte "
                + $"{_offset}");
        }

        Array.Resize(ref buffer, 2 * buffer.Length);
    }
}
