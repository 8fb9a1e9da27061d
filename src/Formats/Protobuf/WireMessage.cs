// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace BertManaged.Formats;

/// <summary>A message whose fields are written and read here by hand, by way of Google.Protobuf's own contexts: they go over spans, and
/// so over any buffer, without a copy or an object per message. What generated code has besides is not needed.</summary>
internal abstract class WireMessage : IBufferMessage
{
    MessageDescriptor IMessage.Descriptor => throw new NotSupportedException("There is no description of the message.");

    public virtual int CalculateSize() => throw new NotSupportedException("The message is only read.");

    public virtual void InternalWriteTo(ref WriteContext output) => throw new NotSupportedException("The message is only read.");

    public virtual void InternalMergeFrom(ref ParseContext input) => throw new NotSupportedException("The message is only written.");

    void IMessage.WriteTo(CodedOutputStream output) => throw new NotSupportedException("Messages are written to spans.");

    void IMessage.MergeFrom(CodedInputStream input) => throw new NotSupportedException("Messages are read from spans.");
}
