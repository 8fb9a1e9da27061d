// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>Two 64-bit lanes: SSE2, NEON.</summary>
internal readonly unsafe struct Wide2 : IWide<Wide2>
{
    private readonly Vector128<ulong> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Wide2(Vector128<ulong> v) => _v = v;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide2 Broadcast(ulong value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide2 CountFrom(ulong first) => new(Vector128.Create(first) + Vector128.Create(0ul, 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide2 MultiplyLow(Wide2 a, Wide2 b) => new(
        Sse2.IsSupported ? Sse2.Multiply(a._v.AsUInt32(), b._v.AsUInt32())
        : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningLower(
            AdvSimd.ExtractNarrowingLower(a._v), AdvSimd.ExtractNarrowingLower(b._v))
        : (a._v & Vector128.Create(0xFFFFFFFFul)) * (b._v & Vector128.Create(0xFFFFFFFFul)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide2 operator ^(Wide2 a, Wide2 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide2 High(Wide2 a) => new(a._v >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide2 Pack(Wide2 a, Wide2 b) => new((a._v & Vector128.Create(0xFFFFFFFFul)) | (b._v << 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInterleaved(Wide2 a, Wide2 b, uint* destination)
    {
        Vector128.Create(a._v.GetLower(), b._v.GetLower()).AsUInt32().Store(destination);
        Vector128.Create(a._v.GetUpper(), b._v.GetUpper()).AsUInt32().Store(destination + 4);
    }
}
