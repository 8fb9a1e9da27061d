// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A register of 64-bit lanes, for the products of Philox. The upper halves of its operands hold leftovers and do not
/// matter.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IWide<TSelf>
    where TSelf : unmanaged, IWide<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The value in every lane.</summary>
    static abstract TSelf Broadcast(ulong value);

    /// <summary>first, first + 1, … in the order in which <see cref="StoreInterleaved"/> stores lanes one after another.</summary>
    static abstract TSelf CountFrom(ulong first);

    /// <summary>The 64-bit products of the lower 32 bits.</summary>
    static abstract TSelf MultiplyLow(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>The upper 32 bits of each lane, moved down.</summary>
    static abstract TSelf High(TSelf a);

    /// <summary>The lower 32 bits of each lane: of a below, of b above.</summary>
    static abstract TSelf Pack(TSelf a, TSelf b);

    /// <summary>For each lane, in the order of <see cref="CountFrom"/>: a and b.</summary>
    static abstract void StoreInterleaved(TSelf a, TSelf b, uint* destination);
}
