// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Training;

/// <summary>Looks examples up that lie anywhere in memory, some at a time: what one look-up waits for, the others wait for as well, and
/// not one after another. Not for several threads at once.</summary>
/// <param name="instances">The examples.</param>
/// <param name="maxPredictions">Most masked tokens of one.</param>
internal sealed class InstanceLookup(InstanceList instances, int maxPredictions)
{
    // More than a processor can wait for at once; with 20 masked tokens each they stay in the nearest cache.
    private const int AtOnce = 32;

    private readonly InstanceList.Instance[] _found = new InstanceList.Instance[AtOnce];
    private readonly MaskedToken[] _masked = new MaskedToken[AtOnce * maxPredictions];

    /// <summary>Takes an example.</summary>
    public delegate void TakeExample(in SegmentPair pair, ReadOnlySpan<MaskedToken> masked);

    /// <summary>Hands examples on, one after another.</summary>
    /// <param name="indices">Which.</param>
    /// <param name="take">Given the texts and the masked tokens of each.</param>
    public void ForEach(ReadOnlySpan<int> indices, TakeExample take)
    {
        for (; !indices.IsEmpty; indices = indices[Math.Min(AtOnce, indices.Length)..])
        {
            int count = Math.Min(AtOnce, indices.Length);
            Find(indices[..count]);
            for (int i = 0; i < count; i++)
            {
                take(_found[i].Pair, _masked.AsSpan(i * maxPredictions, _found[i].MaskedCount));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            _found[i] = instances[indices[i]];
        }

        for (int i = 0; i < indices.Length; i++)
        {
            instances.Masked(_found[i]).CopyTo(_masked.AsSpan(i * maxPredictions));
        }
    }
}
