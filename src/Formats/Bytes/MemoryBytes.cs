// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Bytes in a managed array.</summary>
internal sealed class MemoryBytes(byte[] bytes) : ByteSource
{
    public override long Length => bytes.Length;

    protected override ReadOnlySpan<byte> SpanWithin(long offset, int count) => bytes.AsSpan((int)offset, count);

    protected override void Dispose(bool disposing)
    {
        // The garbage collector's.
    }
}
