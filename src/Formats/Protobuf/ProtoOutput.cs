// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Fields of protocol buffers, given their numbers.</summary>
internal static class ProtoOutput
{
    private const int VarintWire = 0, Fixed64Wire = 1, LengthWire = 2, Fixed32Wire = 5;

    /// <summary>The bytes that <paramref name="write"/> writes.</summary>
    public static byte[] Bytes(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }

    /// <summary>Tag and length of a field whose content follows.</summary>
    public static void WriteStart(this CodedOutputStream output, int field, long length)
    {
        output.WriteTag(Tag(field, LengthWire));
        output.WriteInt64(length);
    }

    /// <summary>A field that is a message.</summary>
    public static void WriteMessage(this CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(Tag(field, LengthWire));
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Bytes(write)));
    }

    /// <summary>A field that is a text.</summary>
    public static void WriteText(this CodedOutputStream output, int field, string text)
    {
        output.WriteTag(Tag(field, LengthWire));
        output.WriteString(text);
    }

    /// <summary>A field that is an integer or an enum.</summary>
    public static void WriteInteger(this CodedOutputStream output, int field, long value)
    {
        output.WriteTag(Tag(field, VarintWire));
        output.WriteInt64(value);
    }

    /// <summary>A field that is an integer or an enum of proto3, which leaves out zeros.</summary>
    public static void WriteNonZero(this CodedOutputStream output, int field, long value)
    {
        if (value != 0)
        {
            output.WriteInteger(field, value);
        }
    }

    /// <summary>A field that is a float.</summary>
    public static void WriteSingle(this CodedOutputStream output, int field, float value)
    {
        output.WriteTag(Tag(field, Fixed32Wire));
        output.WriteFloat(value);
    }

    /// <summary>A field that is a double.</summary>
    public static void WriteDouble(this CodedOutputStream output, int field, double value)
    {
        output.WriteTag(Tag(field, Fixed64Wire));
        output.WriteDouble(value);
    }

    /// <summary>A field that is an unsigned integer of 4 bytes.</summary>
    public static void WriteFixed32(this CodedOutputStream output, int field, uint value)
    {
        output.WriteTag(Tag(field, Fixed32Wire));
        output.WriteFixed32(value);
    }

    private static uint Tag(int field, int wireType) => (uint)((field << 3) | wireType);
}
