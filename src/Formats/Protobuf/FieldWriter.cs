// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats;

/// <summary>Writes fields with a length (messages, texts, packed numbers) of messages whose sizes are known, to a span.</summary>
internal ref struct FieldWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>How many bytes were written.</summary>
    public int Position { get; private set; }

    /// <summary>Tag and length of a field whose content follows.</summary>
    public void WriteStart(byte tag, int length)
    {
        _destination[Position] = tag;
        Position += 1 + Varint.Write(_destination[(Position + 1)..], (uint)length);
    }

    public void WriteField(byte tag, ReadOnlySpan<byte> content)
    {
        WriteStart(tag, content.Length);
        Write(content);
    }

    public void WriteField(byte tag, string text)
    {
        WriteStart(tag, Encoding.UTF8.GetByteCount(text));
        Position += Encoding.UTF8.GetBytes(text, _destination[Position..]);
    }

    public void Write(ReadOnlySpan<byte> content)
    {
        content.CopyTo(_destination[Position..]);
        Position += content.Length;
    }
}
