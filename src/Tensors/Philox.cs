// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Philox 4×32-10: random words by counter, not by state, so that any element can be drawn at any time, on any
/// backend and by any number of threads.</summary>
/// <remarks>Salmon, Moraes, Dror, Shaw 2011, "Parallel Random Numbers: As Easy as 1, 2, 3", §3.3.</remarks>
public static class Philox
{
    /// <summary>First round multiplier.</summary>
    public const uint Multiplier0 = 0xD2511F53;

    /// <summary>Second round multiplier.</summary>
    public const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>Added to the first key word after each round.</summary>
    public const uint Weyl0 = 0x9E3779B9;

    /// <summary>Added to the second key word after each round.</summary>
    public const uint Weyl1 = 0xBB67AE85;

    /// <summary>Number of rounds.</summary>
    public const int Rounds = 10;

    /// <summary>The four random words of a counter under a key.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * c0, p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The random word of element <paramref name="index"/> of a dropout: word index mod 4 of block index / 4,
    /// with the counter (block low, block high, step, operation) under the key seed.</summary>
    public static uint Word(in DropoutMask mask, long index)
    {
        ulong block = (ulong)index >> 2;
        (uint x0, uint x1, uint x2, uint x3) =
            Block((uint)block, (uint)(block >> 32), mask.Step, mask.Operation, (uint)mask.Seed, (uint)(mask.Seed >> 32));
        return (index & 3) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 };
    }

    /// <summary>A number in (0, 1) from a random word: its middle, so that neither end is hit.</summary>
    public static double Uniform(uint word) => (word + 0.5) / 4294967296.0;
}
