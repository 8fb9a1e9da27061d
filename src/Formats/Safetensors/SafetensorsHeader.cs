// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>The checked header of a safetensors file: 8 bytes of length N, N bytes of JSON, then the data.</summary>
/// <remarks>The rules are those of the reference reader (safetensors, rust, <c>SafeTensors::read_metadata</c> and
/// <c>Metadata::validate</c>): N at most 100 MB, tensors that tile the data without gap or overlap, sizes that follow
/// from shape and type, no name twice.</remarks>
internal sealed class SafetensorsHeader
{
    /// <summary>The longest header that readers accept, bytes.</summary>
    public const int LongestHeader = 100_000_000;

    private const int PrefixLength = sizeof(ulong);

    private SafetensorsHeader(long dataStart, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        DataStart = dataStart;
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>Where the data begins in the file.</summary>
    public long DataStart { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public static SafetensorsHeader Read(ByteSource source, string path)
    {
        int length = ReadLength(source, path);
        var parser = new SafetensorsHeaderParser(source.Span(PrefixLength, length), path);
        parser.Parse();
        List<SafetensorsTensor> tensors = parser.Tensors;
        tensors.Sort((x, y) => (x.Begin, x.End).CompareTo((y.Begin, y.End)));
        long dataStart = PrefixLength + length;
        RequireTiling(tensors, source.Length - dataStart, path);
        return new SafetensorsHeader(dataStart, tensors, parser.Metadata);
    }

    private static int ReadLength(ByteSource source, string path)
    {
        if (source.Length < PrefixLength)
        {
            throw new TensorFileException(path, $"a safetensors file begins with 8 bytes of header length; this file has " +
                $"{source.Length} bytes");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(source.Span(0, PrefixLength));
        if (length > LongestHeader)
        {
            throw new TensorFileException(path,
                $"the header length (first 8 bytes) is {length}, the most a safetensors file may have is {LongestHeader}; is this a " +
                "safetensors file?");
        }

        if ((long)length > source.Length - PrefixLength)
        {
            throw new TensorFileException(path,
                $"the header should have {length} bytes, but only {source.Length - PrefixLength} follow its length; the file is cut " +
                "short or no safetensors file");
        }

        return (int)length;
    }

    private static void RequireTiling(List<SafetensorsTensor> tensors, long dataLength, string path)
    {
        long expected = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Begin != expected)
            {
                throw new TensorFileException(path,
                    $"the bytes of tensor '{tensor.Info.Name}' should begin at offset {expected} of the data, where the ones before " +
                    $"end, but begin at {tensor.Begin}");
            }

            expected = tensor.End;
        }

        if (expected != dataLength)
        {
            string meaning = expected > dataLength ? "the file is cut short: copy or download it again" : "bytes are left over";
            throw new TensorFileException(path, $"the tensors need {expected} bytes of data, the file has {dataLength}; {meaning}");
        }
    }
}
