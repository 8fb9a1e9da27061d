// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BertManaged.Training;

/// <summary>Examples as they are drawn, in little memory: where their texts are in the documents, and which tokens are masked. Google's
/// code calls them instances.</summary>
/// <param name="maxPredictions">Most masked tokens of one.</param>
internal sealed class InstanceList(int maxPredictions)
{
    /// <summary>What one example takes, but for its masked tokens.</summary>
    public static readonly int BytesOfInstance = Unsafe.SizeOf<Instance>();

    private const int BlockLength = 1 << 12;

    private readonly BlockList<Instance> _instances = new(BlockLength);
    private readonly BlockList<MaskedToken> _masked =
        new((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(BlockLength, maxPredictions)));

    /// <summary>How many there are.</summary>
    public int Count => checked((int)_instances.Count);

    /// <summary>One of them.</summary>
    public ref readonly Instance this[int index] => ref _instances[index];

    /// <summary>The masked tokens of one, by position.</summary>
    public ReadOnlySpan<MaskedToken> Masked(in Instance instance) => _masked.Range(instance.FirstMasked, instance.MaskedCount);

    /// <summary>Appends one.</summary>
    public void Add(in SegmentPair pair, ReadOnlySpan<MaskedToken> masked) =>
        _instances.Add(new Instance(pair, _masked.AddRange(masked), masked.Length));

    /// <summary>One example.</summary>
    /// <param name="Pair">Its texts.</param>
    /// <param name="FirstMasked">Where its masked tokens begin.</param>
    /// <param name="MaskedCount">How many they are.</param>
    public readonly record struct Instance(SegmentPair Pair, long FirstMasked, int MaskedCount);
}
