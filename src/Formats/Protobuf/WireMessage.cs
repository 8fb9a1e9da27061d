// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace BertManaged.Formats;

/// <summary>A message that is read field by field, by way of Google.Protobuf's own context: it goes over a span, and so over any buffer,
/// and into nested messages without copying them. What generated code has besides is not needed.</summary>
internal abstract class WireMessage : IBufferMessage
{
    MessageDescriptor IMessage.Descriptor => throw new NotSupportedException("There is no description of the message.");

    public abstract void InternalMergeFrom(ref ParseContext input);

    void IMessage.MergeFrom(CodedInputStream input) => throw new NotSupportedException("The message is read from a span.");

    int IMessage.CalculateSize() => throw new NotSupportedException("The message is only read.");

    void IMessage.WriteTo(CodedOutputStream output) => throw new NotSupportedException("The message is only read.");

    void IBufferMessage.InternalWriteTo(ref WriteContext output) => throw new NotSupportedException("The message is only read.");
}
