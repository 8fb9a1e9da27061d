// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A register of float32. Kernels are written once, generic over it, and the JIT makes one of each for every width.</summary>
/// <remarks>All operations but <see cref="Sum"/> and <see cref="Largest"/> work lane by lane and give the same bits on every
/// width. A mask is a register whose lanes are all ones or all zeros.</remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes 0.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>The value in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>The bits in every lane.</summary>
    static abstract TSelf Bits(uint bits);

    /// <summary><see cref="Count"/> floats from memory of any alignment.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>All lanes to memory of any alignment.</summary>
    static abstract void Store(TSelf value, float* destination);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a);

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>a · b + c with one rounding.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>Adds a · b to a sum with one rounding, in the sum's own register. Of a sum that is returned the JIT makes two instructions
    /// where a factor is not needed any more: it adds into the factor's register and moves it.</summary>
    static abstract void AddProduct(TSelf a, TSelf b, ref TSelf sum);

    /// <summary>The float at a, in every lane, · b + c with one rounding: one instruction where there is AVX-512. From a
    /// <see cref="Broadcast"/> of its own the JIT makes three.</summary>
    static abstract TSelf FusedMultiplyAdd(float* a, TSelf b, TSelf c);

    /// <summary>The larger; b where one of them is NaN on x86, NaN elsewhere: a NaN of <paramref name="b"/> always stays.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller; a NaN of <paramref name="b"/> always stays, see <see cref="Max"/>.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    static abstract TSelf Abs(TSelf a);

    static abstract TSelf Sqrt(TSelf a);

    /// <summary>Mask: a &gt; b. False for NaN.</summary>
    static abstract TSelf GreaterThan(TSelf a, TSelf b);

    /// <summary>Mask: a &lt; b. False for NaN.</summary>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>Mask: a = b. False for NaN.</summary>
    static abstract TSelf AreEqual(TSelf a, TSelf b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>Sum of the lanes' bits as 32-bit integers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    /// <summary>Difference of the lanes' bits as 32-bit integers.</summary>
    static abstract TSelf SubtractBits(TSelf a, TSelf b);

    /// <summary>Bits moved up, zeros behind.</summary>
    static abstract TSelf ShiftLeft(TSelf a, int count);

    /// <summary>Bits moved down, the sign bit behind.</summary>
    static abstract TSelf ShiftRight(TSelf a, int count);

    /// <summary>value · 2ⁿ, rounded once.</summary>
    /// <param name="value">From ½ to 2, or NaN, which stays.</param>
    /// <param name="n">A whole number from −250 to 254; where the value is NaN, anything.</param>
    static abstract TSelf TimesPowerOfTwo(TSelf value, TSelf n);

    /// <summary>Mask: the bits of a, as a whole number without sign, are at least those of b.</summary>
    static abstract TSelf AtLeastBits(TSelf a, TSelf b);

    /// <summary>The random words of whole blocks of a dropout, four for each, in order.</summary>
    /// <param name="mask">Whose words.</param>
    /// <param name="firstBlock">Block number: element number / 4.</param>
    /// <param name="words">As many words as are wanted, a multiple of 32.</param>
    static abstract void Random(in DropoutMask mask, ulong firstBlock, Span<uint> words);

    /// <summary>Sum of the lanes: upper half plus lower half until one is left.</summary>
    static abstract float Sum(TSelf a);

    /// <summary>The largest lane.</summary>
    static abstract float Largest(TSelf a);
}
