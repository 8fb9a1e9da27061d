// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BertManaged.Formats;

/// <summary>Writes safetensors files, byte for byte as the reference writer does: types of the widest alignment first,
/// names in order within a type, the header padded with spaces so that the data begins at a multiple of 8.</summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes a file by way of <see cref="AtomicFile"/>: it is there whole, or as it was before.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <param name="metadata">Text for <c>__metadata__</c>; Hugging Face's loaders want {"format": "pt"}. None if null.</param>
    /// <exception cref="ArgumentException">A name twice, a type that safetensors has not, a negative dimension,
    /// or a header over 100 MB.</exception>
    /// <exception cref="InvalidOperationException">An entry wrote more or fewer bytes than its type and shape ask for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyList<TensorEntry> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, Content(tensors, metadata));

    /// <summary>What writes the content of a file, for one that belongs to a set of files.</summary>
    /// <inheritdoc cref="Write(string, IReadOnlyList{TensorEntry}, IReadOnlyDictionary{string, string}?)"/>
    public static Action<Stream> Content(
        IReadOnlyList<TensorEntry> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        TensorEntry[] ordered = Order(tensors);
        byte[] header = Header(ordered, metadata);
        return stream => Write(stream, header, ordered);
    }

    private static void Write(Stream stream, byte[] header, TensorEntry[] ordered)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (TensorEntry entry in ordered)
        {
            using var counting = new CountingStream(stream);
            entry.WriteTo(counting);
            if (counting.Length != Bytes(entry))
            {
                throw new InvalidOperationException($"'{entry.Name}' wrote {counting.Length} bytes, its type and shape ask for " +
                    $"{Bytes(entry)}.");
            }
        }
    }

    private static TensorEntry[] Order(IReadOnlyList<TensorEntry> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (TensorEntry entry in tensors)
        {
            if (!names.Add(entry.Name))
            {
                throw new ArgumentException($"The name '{entry.Name}' occurs twice or is reserved.", nameof(tensors));
            }
        }

        return [.. tensors.OrderByDescending(entry => entry.Type).ThenBy(entry => entry.Name, Utf8Order.Comparer)];
    }

    private static byte[] Header(TensorEntry[] ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, ordered);
            json.WriteEndObject();
        }

        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenCount <= SafetensorsHeader.LongestHeader
            ? buffer.WrittenSpan.ToArray()
            : throw new ArgumentException($"The header would have {buffer.WrittenCount} bytes; readers accept " +
                $"{SafetensorsHeader.LongestHeader}.", nameof(ordered));
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, Utf8Order.Comparer))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, TensorEntry[] ordered)
    {
        long end = 0;
        foreach (TensorEntry entry in ordered)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", entry.Type.Name());
            WriteNumbers(json, "shape", entry.Shape);
            long begin = end;
            end = checked(begin + Bytes(entry));
            WriteNumbers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static long Bytes(TensorEntry entry)
    {
        var info = new TensorInfo(entry.Name, entry.Type, entry.Shape);
        return entry.Type.IsSafetensors() && TensorSize.TryBytes(info, out long bytes)
            ? bytes
            : throw new ArgumentException($"'{entry.Name}' has type {entry.Type.Name()} and shape {info.ShapeText}, which safetensors " +
                "cannot hold.", nameof(entry));
    }
}
