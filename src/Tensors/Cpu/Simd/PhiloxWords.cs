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
            int i = 0;
            for (; i + (8 * W.Count) <= words.Length; i += 8 * W.Count)
            {
                PairOfBlocks<W>(mask, firstBlock + ((uint)i / 4), destination + i);
            }

            for (; i < words.Length; i += 4 * W.Count)
            {
                Blocks<W>(mask, firstBlock + ((uint)i / 4), destination + i);
            }
        }
    }

    /// <summary>Twice as many at once: a round waits for the product of the round before, and two chains fill that time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PairOfBlocks<W>(in DropoutMask mask, ulong firstBlock, uint* words)
        where W : unmanaged, IWide<W>
    {
        W first = W.CountFrom(firstBlock), second = W.CountFrom(firstBlock + (uint)W.Count), step = W.Broadcast(mask.Step);
        W a0 = first, a1 = W.High(first), a2 = step, a3 = W.Broadcast(mask.Operation);
        W b0 = second, b1 = W.High(second), b2 = step, b3 = a3;
        W m0 = W.Broadcast(Philox.Multiplier0), m1 = W.Broadcast(Philox.Multiplier1);
        uint k0 = (uint)mask.Seed, k1 = (uint)(mask.Seed >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            W key0 = W.Broadcast(k0), key1 = W.Broadcast(k1);
            W p0 = W.MultiplyLow(m0, a0), p1 = W.MultiplyLow(m1, a2), q0 = W.MultiplyLow(m0, b0), q1 = W.MultiplyLow(m1, b2);
            (a0, a1, a2, a3) = (W.High(p1) ^ a1 ^ key0, p1, W.High(p0) ^ a3 ^ key1, p0);
            (b0, b1, b2, b3) = (W.High(q1) ^ b1 ^ key0, q1, W.High(q0) ^ b3 ^ key1, q0);
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        W.StoreInterleaved(W.Pack(a0, a1), W.Pack(a2, a3), words);
        W.StoreInterleaved(W.Pack(b0, b1), W.Pack(b2, b3), words + (4 * W.Count));
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
