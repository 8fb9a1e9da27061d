// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BertManaged.Text.WordPieces;

/// <summary>Finds a whole word of at most 16 ASCII characters in the vocabulary by one look at a hash table.</summary>
internal sealed class AsciiWordTable
{
    /// <summary>Longest word of the table: the bytes of a key.</summary>
    public const int MaxLength = 16;

    private readonly Entry[] _entries;
    private readonly int _shift;

    public AsciiWordTable(Vocabulary vocabulary)
    {
        int[] ids = [.. Enumerable.Range(0, vocabulary.Count).Where(id => IsShortAsciiWord(vocabulary[id]))];
        int bits = BitOperations.Log2((uint)ids.Length + 1) + 2;
        _entries = new Entry[1 << bits];
        _shift = 64 - bits;
        foreach (int id in ids)
        {
            Insert(KeyOf(vocabulary[id]), id);
        }
    }

    /// <summary>The id of a word, or −1.</summary>
    /// <param name="key">The bytes of the word, then zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(Vector128<byte> key)
    {
        Entry[] entries = _entries;
        ulong low = key.AsUInt64().ToScalar();
        ulong high = key.AsUInt64().GetElement(1);
        for (int slot = Slot(low, high); ; slot++)
        {
            ref Entry entry = ref entries[slot & (entries.Length - 1)];
            if (entry.Low == low && entry.High == high)
            {
                return entry.Id;
            }

            // No word begins with the character 0.
            if (entry.Low == 0)
            {
                return -1;
            }
        }
    }

    private static bool IsShortAsciiWord(string token) => token.Length is > 0 and <= MaxLength && token.All(unit => unit is > '\0' and < '\x80');

    private static Vector128<byte> KeyOf(string token)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        bytes.Clear();
        System.Text.Encoding.ASCII.GetBytes(token, bytes);
        return Vector128.Create<byte>(bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong low, ulong high) =>
        (int)(((low ^ (high * 0xD6E8FEB86659FD93UL)) * 0x9E3779B97F4A7C15UL) >> _shift);

    private void Insert(Vector128<byte> key, int id)
    {
        Entry added = new() { Low = key.AsUInt64().ToScalar(), High = key.AsUInt64().GetElement(1), Id = id };
        int slot = Slot(added.Low, added.High);
        for (; ; slot++)
        {
            ref Entry entry = ref _entries[slot & (_entries.Length - 1)];
            if (entry.Low == 0 || (entry.Low == added.Low && entry.High == added.High))
            {
                entry = added;
                return;
            }
        }
    }

    private struct Entry
    {
        public ulong Low;
        public ulong High;
        public int Id;
    }
}
