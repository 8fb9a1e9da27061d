// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>Eight 64-bit lanes: AVX-512.</summary>
internal readonly unsafe struct Wide8 : IWide<Wide8>
{
    private readonly Vector512<ulong> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide8(Vector512<ulong> v) => _v = v;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide8 Broadcast(ulong value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide8 CountFrom(ulong first) => new(Vector512.Create(first) + Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide8 MultiplyLow(Wide8 a, Wide8 b) => new(
        Avx512F.Multiply(a._v.AsUInt32(), b._v.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide8 operator ^(Wide8 a, Wide8 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide8 High(Wide8 a) => new(a._v >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide8 Pack(Wide8 a, Wide8 b) => new((a._v & Vector512.Create(0xFFFFFFFFul)) | (b._v << 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved(Wide8 a, Wide8 b, uint* destination)
    {
        Avx512F.UnpackLow(a._v, b._v).AsUInt32().Store(destination);
        Avx512F.UnpackHigh(a._v, b._v).AsUInt32().Store(destination + 16);
    }
}
