// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>The bytes of a TFRecord file, decompressed where its first bytes say that it is one gzip or zlib stream.</summary>
/// <param name="Bytes">From the first record on; owns the file.</param>
/// <param name="Length">How many bytes there are; null where it is compressed and only reading tells.</param>
internal sealed record TFRecordStream(Stream Bytes, long? Length)
{
    private const int BufferBytes = 1 << 17;

    /// <exception cref="TFRecordException">The file is missing, may not be read, or is none.</exception>
    public static TFRecordStream Open(string path)
    {
        try
        {
            // Whoever writes may go on: the files of a run's events are read while the run is under way.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
            return file.CanSeek ? Recognise(file) : throw new IOException("it is no file that can be read from any place");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TFRecordException(path, "there is no such file", e);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new TFRecordException(path, $"the file cannot be read ({SystemReason.Of(e, path)})", e);
        }
    }

    private static TFRecordStream Recognise(FileStream file)
    {
        Span<byte> head = stackalloc byte[TFRecordFrame.HeaderBytes];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;

        // A record's length may look like the beginning of a compressed stream; its checksum tells.
        return TFRecordFrame.IsHeader(head) ? new TFRecordStream(file, file.Length)
            : IsGzip(head) ? new TFRecordStream(new DecompressedFile(file, isGzip: true), null)
            : IsZlib(head) ? new TFRecordStream(new DecompressedFile(file, isGzip: false), null)
            : new TFRecordStream(file, file.Length);
    }

    // RFC 1952: two bytes of magic, then the method, of which there is only deflate.
    private static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, 8, ..];

    // RFC 1950: method deflate, a window of at most 32 KiB, no preset dictionary, and both bytes together a multiple of 31.
    private static bool IsZlib(ReadOnlySpan<byte> head) =>
        head is [var method, var flags, ..] && (method & 0x8F) == 8 && (flags & 0x20) == 0 && ((method << 8) | flags) % 31 == 0;
}
