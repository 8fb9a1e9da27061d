// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace BertManaged.Formats;

/// <summary>A message whose fields are named here by hand and written and read by Google.Protobuf's own contexts: they go over spans, and
/// so over any buffer, and into nested messages without copying them. What generated code has besides is not needed.</summary>
internal abstract class WireMessage : IBufferMessage
{
    MessageDescriptor IMessage.Descriptor => throw new NotSupportedException("There is no description of the message.");

    public virtual int CalculateSize() => throw new NotSupportedException("The message is only read.");

    public virtual void InternalWriteTo(ref WriteContext output) => throw new NotSupportedException("The message is only read.");

    public virtual void InternalMergeFrom(ref ParseContext input) => throw new NotSupportedException("The message is only written.");

    void IMessage.WriteTo(CodedOutputStream output) => throw new NotSupportedException("The message is written to a span.");

    void IMessage.MergeFrom(CodedInputStream input) => throw new NotSupportedException("The message is read from a span.");
}
