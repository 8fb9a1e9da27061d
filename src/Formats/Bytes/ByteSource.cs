// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Bytes that lie somewhere: a mapped file, memory, an entry of an archive.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Number of bytes.</summary>
    public abstract long Length { get; }

    /// <summary>The bytes [offset, offset + count), without copying; valid until the source is disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside: the caller has not checked what it read.</exception>
    public ReadOnlySpan<byte> Span(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length - offset);
        return count == 0 ? [] : SpanWithin(offset, count);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract ReadOnlySpan<byte> SpanWithin(long offset, int count);

    protected abstract void Dispose(bool disposing);
}
