// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Training;

/// <summary>Documents as bytes, to wait on the disk of the same machine: number, sentences and tokens as counts, then where sentences
/// begin, then ids, of two bytes each where the vocabulary allows.</summary>
/// <param name="vocabularySize">Bound of ids.</param>
internal sealed class DocumentBytes(int vocabularySize)
{
    private const int HeaderBytes = sizeof(long) + (2 * sizeof(int));

    private readonly bool _isShort = vocabularySize <= ushort.MaxValue + 1;
    private byte[] _bytes = [];

    /// <summary>The bytes of a document, valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(Document document)
    {
        int length = checked(HeaderBytes + (document.SentenceStarts.Length * sizeof(int)) + IdBytes(document.Ids.Length));
        if (_bytes.Length < length)
        {
            _bytes = new byte[Math.Max(length, (int)Math.Min(2L * _bytes.Length, Array.MaxLength))];
        }

        Span<byte> bytes = _bytes.AsSpan(0, length);
        MemoryMarshal.Write(bytes, document.Number);
        MemoryMarshal.Write(bytes[sizeof(long)..], document.SentenceCount);
        MemoryMarshal.Write(bytes[(sizeof(long) + sizeof(int))..], document.Ids.Length);
        MemoryMarshal.AsBytes(document.SentenceStarts).CopyTo(bytes[HeaderBytes..]);
        WriteIds(document.Ids, bytes[(HeaderBytes + (document.SentenceStarts.Length * sizeof(int)))..]);
        return bytes;
    }

    /// <summary>The documents that some bytes hold one after another.</summary>
    public Document[] Parse(ReadOnlySpan<byte> bytes)
    {
        List<Document> documents = [];
        while (!bytes.IsEmpty)
        {
            long number = MemoryMarshal.Read<long>(bytes);
            int starts = (MemoryMarshal.Read<int>(bytes[sizeof(long)..]) + 1) * sizeof(int);
            int tokens = MemoryMarshal.Read<int>(bytes[(sizeof(long) + sizeof(int))..]);
            bytes = bytes[HeaderBytes..];
            documents.Add(new Document(number, ReadIds(bytes[starts..], tokens), [.. MemoryMarshal.Cast<byte, int>(bytes[..starts])]));
            bytes = bytes[(starts + IdBytes(tokens))..];
        }

        return [.. documents];
    }

    private int IdBytes(int tokens) => checked(tokens * (_isShort ? sizeof(ushort) : sizeof(int)));

    private void WriteIds(ReadOnlySpan<int> ids, Span<byte> bytes)
    {
        if (!_isShort)
        {
            MemoryMarshal.AsBytes(ids).CopyTo(bytes);
            return;
        }

        Span<ushort> numbers = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (int i = 0; i < ids.Length; i++)
        {
            numbers[i] = (ushort)ids[i];
        }
    }

    private int[] ReadIds(ReadOnlySpan<byte> bytes, int tokens)
    {
        if (!_isShort)
        {
            return [.. MemoryMarshal.Cast<byte, int>(bytes)[..tokens]];
        }

        ReadOnlySpan<ushort> numbers = MemoryMarshal.Cast<byte, ushort>(bytes);
        int[] ids = new int[tokens];
        for (int i = 0; i < tokens; i++)
        {
            ids[i] = numbers[i];
        }

        return ids;
    }
}
