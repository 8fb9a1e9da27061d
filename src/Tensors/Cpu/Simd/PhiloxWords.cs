// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>The words of <see cref="Philox"/> for many blocks at once, one block a lane.</summary>
internal static unsafe class PhiloxWords
{
    /// <summary>The words of the blocks from <paramref name="firstBlock"/> on, four for each, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<W>(in DropoutMask mask, ulong firstBlock, Span<uint> words)
        where W : unmanaged, IWide<W>
    {
        fixed (uint* destination = words)
        {
            for (int i = 0; i < words.Length; i += 4 * W.Count)
            {
                Blocks<W>(mask, firstBlock + ((uint)i / 4), destination + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Blocks<W>(in DropoutMask mask, ulong firstBlock, uint* words)
        where W : unmanaged, IWide<W>
    {
        W block = W.CountFrom(firstBlock);
        W c0 = block, c1 = W.High(block), c2 = W.Broadcast(mask.Step), c3 = W.Broadcast(mask.Operation);
        W m0 = W.Broadcast(Philox.Multiplier0), m1 = W.Broadcast(Philox.Multiplier1);
        uint k0 = (uint)mask.Seed, k1 = (uint)(mask.Seed >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            W p0 = W.MultiplyLow(m0, c0), p1 = W.MultiplyLow(m1, c2);
            (c0, c1, c2, c3) = (W.High(p1) ^ c1 ^ W.Broadcast(k0), p1, W.High(p0) ^ c3 ^ W.Broadcast(k1), p0);
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        W.StoreInterleaved(W.Pack(c0, c1), W.Pack(c2, c3), words);
    }
}
