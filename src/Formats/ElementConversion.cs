// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.InteropServices;

namespace BertManaged.Formats;

/// <summary>Widens and narrows stored elements to float32 or float64.</summary>
internal static class ElementConversion
{
    // Elements per step: large enough to be quick, small enough that a span's 31-bit length never matters.
    private const int ChunkElements = 1 << 20;

    private static readonly float[] Float8E5M2Values = Decode(code => (float)BitConverter.UInt16BitsToHalf((ushort)(code << 8)));
    private static readonly float[] Float8E4M3Values = Decode(DecodeFloat8E4M3);

    private delegate void Step<T>(ReadOnlySpan<byte> source, Span<T> destination);

    /// <summary>destination[i] = element i of the range, rounded to nearest where T is narrower.</summary>
    public static void Convert<T>(ElementType type, ByteRange range, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        Step<T> step = StepFor<T>(type);
        int size = type.BitsPerElement() / 8;
        for (int done = 0; done < destination.Length;)
        {
            int count = Math.Min(ChunkElements, destination.Length - done);
            step(range.Span((long)done * size, count * size), destination.Slice(done, count));
            done += count;
        }
    }

    private static Step<T> StepFor<T>(ElementType type)
        where T : unmanaged, INumberBase<T> => type switch
        {
            ElementType.Float32 => Numbers<float, T>,
            ElementType.Float64 => Numbers<double, T>,
            ElementType.Float16 => Numbers<Half, T>,
            ElementType.Int8 => Numbers<sbyte, T>,
            ElementType.Int16 => Numbers<short, T>,
            ElementType.Int32 => Numbers<int, T>,
            ElementType.Int64 => Numbers<long, T>,
            ElementType.UInt8 => Numbers<byte, T>,
            ElementType.UInt16 => Numbers<ushort, T>,
            ElementType.UInt32 => Numbers<uint, T>,
            ElementType.UInt64 => Numbers<ulong, T>,
            ElementType.BFloat16 => BFloat16s,
            ElementType.Bool => Booleans,
            ElementType.Float8E5M2 => (source, destination) => Looked(Float8E5M2Values, source, destination),
            ElementType.Float8E4M3 => (source, destination) => Looked(Float8E4M3Values, source, destination),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a number type"),
        };

    private static void Numbers<TFrom, T>(ReadOnlySpan<byte> source, Span<T> destination)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(TFrom) == typeof(T))
        {
            source.CopyTo(MemoryMarshal.AsBytes(destination));
            return;
        }

        ReadOnlySpan<TFrom> elements = MemoryMarshal.Cast<byte, TFrom>(source);
        for (int i = 0; i < elements.Length; i++)
        {
            destination[i] = T.CreateTruncating(elements[i]);
        }
    }

    private static void BFloat16s<T>(ReadOnlySpan<byte> source, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<ushort> elements = MemoryMarshal.Cast<byte, ushort>(source);
        for (int i = 0; i < elements.Length; i++)
        {
            destination[i] = T.CreateTruncating(BitConverter.UInt32BitsToSingle((uint)elements[i] << 16));
        }
    }

    private static void Booleans<T>(ReadOnlySpan<byte> source, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = source[i] != 0 ? T.One : T.Zero;
        }
    }

    private static void Looked<T>(float[] values, ReadOnlySpan<byte> source, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = T.CreateTruncating(values[source[i]]);
        }
    }

    private static float[] Decode(Func<int, float> value) => [.. Enumerable.Range(0, 256).Select(value)];

    // Sign, 4 bits of exponent (bias 7), 3 of fraction; no infinities, all ones is NaN (OCP 8-bit floating point, 2023).
    private static float DecodeFloat8E4M3(int code)
    {
        int exponent = (code >> 3) & 15;
        int fraction = code & 7;
        float magnitude = (code & 0x7F) == 0x7F ? float.NaN
            : exponent == 0 ? fraction * MathF.ScaleB(1, -9)
            : (8 + fraction) * MathF.ScaleB(1, exponent - 10);
        return (code & 0x80) == 0 ? magnitude : -magnitude;
    }
}
