// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BertManaged.Text.WordPieces;

/// <summary>All tokens of a vocabulary as a tree of UTF-16 units, for longest-match search without making strings.</summary>
/// <remarks>The edges of all states lie in one hash table with open addressing; an entry packs state (24 bits), unit (16 bits) and
/// next state (24 bits). Tokens that continue a word hang below the state that "##" leads to.</remarks>
internal sealed class PieceTrie
{
    public const int Root = 0;
    private const string ContinuationPrefix = "##";
    private const int StateBits = 24;
    private const ulong StateMask = (1UL << StateBits) - 1;

    private readonly List<int> _newIds = [];
    private readonly int[] _ids;
    private ulong[] _edges;
    private int _shift;
    private int _edgeCount;

    public PieceTrie(Vocabulary vocabulary)
    {
        // Released vocabularies have about three edges a token; a bigger table is made where that is too little.
        int bits = BitOperations.Log2((uint)vocabulary.Count) + 3;
        _edges = new ulong[1 << bits];
        _shift = 64 - bits;
        _newIds.Add(-1);
        Continuation = Insert(ContinuationPrefix);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            // Of a token that occurs twice the last id counts.
            int state = Insert(vocabulary[id]);
            _newIds[state] = id;
        }

        _ids = [.. _newIds];
        _newIds.Clear();
    }

    /// <summary>The state from which the second and later pieces of a word are searched.</summary>
    public int Continuation { get; }

    /// <summary>Length of the longest token that a text begins with, or 0.</summary>
    /// <param name="text">The rest of a word; not empty.</param>
    /// <param name="state"><see cref="Root"/> or <see cref="Continuation"/>.</param>
    /// <param name="caseBit">0x20 if the text is ASCII letters and digits to be read in lower case, else 0.</param>
    /// <param name="id">Id of the token found.</param>
    public int LongestMatch(ReadOnlySpan<char> text, int state, int caseBit, out int id)
    {
        int length = 0;
        id = -1;
        for (int i = 0; i < text.Length; i++)
        {
            state = Next(state, text[i] | caseBit);
            if (state == 0)
            {
                break;
            }

            int found = _ids[state];
            if (found >= 0)
            {
                id = found;
                length = i + 1;
            }
        }

        return length;
    }

    // 0 (the root, to which nothing leads) where there is no such edge.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(int state, int unit)
    {
        ulong[] edges = _edges;
        ulong key = ((ulong)(uint)state << 16) | (uint)unit;
        for (int slot = Slot(key); ; slot++)
        {
            ulong edge = edges[slot & (edges.Length - 1)];
            if (edge >> StateBits == key)
            {
                return (int)(edge & StateMask);
            }

            if (edge == 0)
            {
                return 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);

    private int Insert(string token)
    {
        int state = Root;
        foreach (char unit in token)
        {
            int next = Next(state, unit);
            state = next != 0 ? next : AddState(state, unit);
        }

        return state;
    }

    private int AddState(int state, char unit)
    {
        int next = _newIds.Count;
        if (next > (int)StateMask)
        {
            throw new VocabularyException($"expected a vocabulary of at most {StateMask} different beginnings of tokens, found more.");
        }

        _newIds.Add(-1);
        if (2 * ++_edgeCount > _edges.Length)
        {
            Grow();
        }

        Place((((ulong)(uint)state << 16 | unit) << StateBits) | (uint)next);
        return next;
    }

    private void Grow()
    {
        ulong[] old = _edges;
        _edges = new ulong[2 * old.Length];
        _shift--;
        foreach (ulong edge in old)
        {
            if (edge != 0)
            {
                Place(edge);
            }
        }
    }

    private void Place(ulong edge)
    {
        int slot = Slot(edge >> StateBits);
        while (_edges[slot & (_edges.Length - 1)] != 0)
        {
            slot++;
        }

        _edges[slot & (_edges.Length - 1)] = edge;
    }
}
