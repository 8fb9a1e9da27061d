// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Length and CRC-32C of a file: what tells whether it is the one that was written.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Checksum">Unmasked.</param>
public readonly record struct FileStamp(long Length, uint Checksum)
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="TensorFileException">It is missing or cannot be read.</exception>
    public static FileStamp Of(string path)
    {
        using MappedFile file = MappedFile.Open(path);
        return new FileStamp(file.Length, new ByteRange(file, 0, file.Length).Crc32C());
    }

    /// <summary>What writes a file, and says its stamp once it is through.</summary>
    public static Action<Stream> Taken(Action<Stream> write, Action<FileStamp> take) => stream =>
    {
        using var stamping = new StampingStream(stream);
        write(stamping);
        take(stamping.Stamp);
    };

    /// <summary>Passes what is written on. Does not own the stream below.</summary>
    private sealed class StampingStream(Stream below) : Stream
    {
        public FileStamp Stamp { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Stamp.Length;

        public override long Position
        {
            get => Stamp.Length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            below.Write(buffer);
            Stamp = new FileStamp(Stamp.Length + buffer.Length, Crc32C.Extend(Stamp.Checksum, buffer));
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => below.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
