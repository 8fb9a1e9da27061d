// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>Four 64-bit lanes: AVX2.</summary>
internal readonly unsafe struct Wide4 : IWide<Wide4>
{
    private readonly Vector256<ulong> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide4(Vector256<ulong> v) => _v = v;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide4 Broadcast(ulong value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide4 CountFrom(ulong first) => new(Vector256.Create(first) + Vector256.Create(0ul, 2, 1, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide4 MultiplyLow(Wide4 a, Wide4 b) => new(Avx2.Multiply(a._v.AsUInt32(), b._v.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide4 operator ^(Wide4 a, Wide4 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide4 High(Wide4 a) => new(a._v >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide4 Pack(Wide4 a, Wide4 b) => new((a._v & Vector256.Create(0xFFFFFFFFul)) | (b._v << 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved(Wide4 a, Wide4 b, uint* destination)
    {
        Avx2.UnpackLow(a._v, b._v).AsUInt32().Store(destination);
        Avx2.UnpackHigh(a._v, b._v).AsUInt32().Store(destination + 8);
    }
}
