// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>One lane: a plain float.</summary>
internal readonly unsafe struct Lanes1 : ISimd<Lanes1>
{
    private const uint AllOnes = 0xFFFFFFFF;

    private readonly float _v;

    private Lanes1(float v) => _v = v;

    public static int Count => 1;

    public static Lanes1 Zero => default;

    private uint Word => BitConverter.SingleToUInt32Bits(_v);

    private int Integer => BitConverter.SingleToInt32Bits(_v);

    public static Lanes1 Broadcast(float value) => new(value);

    public static Lanes1 Bits(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));

    public static Lanes1 Load(float* source) => new(*source);

    public static void Store(Lanes1 value, float* destination) => *destination = value._v;

    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a._v + b._v);

    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a._v - b._v);

    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a._v * b._v);

    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a._v / b._v);

    public static Lanes1 operator -(Lanes1 a) => new(-a._v);

    public static Lanes1 operator &(Lanes1 a, Lanes1 b) => Bits(a.Word & b.Word);

    public static Lanes1 operator |(Lanes1 a, Lanes1 b) => Bits(a.Word | b.Word);

    public static Lanes1 operator ^(Lanes1 a, Lanes1 b) => Bits(a.Word ^ b.Word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FusedMultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(Lanes1 a, Lanes1 b, ref Lanes1 sum) => sum = FusedMultiplyAdd(a, b, sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 FusedMultiplyAdd(float* a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(*a, b._v, c._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(float.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Min(Lanes1 a, Lanes1 b) => new(float.MinNative(a._v, b._v));

    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a._v));

    public static Lanes1 Sqrt(Lanes1 a) => new(MathF.Sqrt(a._v));

    public static Lanes1 GreaterThan(Lanes1 a, Lanes1 b) => Bits(a._v > b._v ? AllOnes : 0);

    public static Lanes1 LessThan(Lanes1 a, Lanes1 b) => Bits(a._v < b._v ? AllOnes : 0);

    public static Lanes1 AreEqual(Lanes1 a, Lanes1 b) => Bits(a._v == b._v ? AllOnes : 0);

    public static Lanes1 Select(Lanes1 mask, Lanes1 a, Lanes1 b) => mask.Word != 0 ? a : b;

    public static Lanes1 AddBits(Lanes1 a, Lanes1 b) => new(BitConverter.Int32BitsToSingle(a.Integer + b.Integer));

    public static Lanes1 SubtractBits(Lanes1 a, Lanes1 b) => new(BitConverter.Int32BitsToSingle(a.Integer - b.Integer));

    public static Lanes1 ShiftLeft(Lanes1 a, int count) => new(BitConverter.Int32BitsToSingle(a.Integer << count));

    public static Lanes1 ShiftRight(Lanes1 a, int count) => new(BitConverter.Int32BitsToSingle(a.Integer >> count));

    public static Lanes1 TimesPowerOfTwo(Lanes1 value, Lanes1 n) => PowerOfTwo.Times(value, Bits((uint)(int)n._v));

    public static Lanes1 AtLeastBits(Lanes1 a, Lanes1 b) => Bits(a.Word >= b.Word ? AllOnes : 0);

    public static void Random(in DropoutMask mask, ulong firstBlock, Span<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Philox.Word(mask, (long)(firstBlock * 4) + i);
        }
    }

    public static float Sum(Lanes1 a) => a._v;

    public static float Largest(Lanes1 a) => a._v;
}
