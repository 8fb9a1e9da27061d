// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>A text file that is read from its beginning to its end by large reads.</summary>
internal sealed class TextFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;

    /// <param name="path">As the user named it.</param>
    /// <exception cref="OptionsException">It cannot be opened.</exception>
    public TextFile(string path)
    {
        _path = path;
        _stream = Try(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));
    }

    /// <summary>Reads on.</summary>
    /// <param name="buffer">Filled, unless the file ends before.</param>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="OptionsException">It cannot be read.</exception>
    public int Read(Memory<byte> buffer) =>
        Try(() => _stream.ReadAtLeast(buffer.Span, buffer.Length, throwOnEndOfStream: false));

    public void Dispose() => _stream.Dispose();

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw OptionsException.Unreadable(_path, e);
        }
    }
}
