// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Which rows of the memory of a parameter's gradient can be other than 0: those that lookups wrote since all was 0,
/// or any.</summary>
/// <remarks>It relies on this: whoever writes there asked <see cref="Tape.GradientOf"/> for the target of that very write, on whatever
/// tape, which says "any"; and only the backward of a lookup, which knows what it wrote, says less, once it is through. New memory holds
/// anything. <see cref="Parameter.ClearGradient"/> changes nothing here, because it leaves the memory as it is. Code outside of the
/// engine reads <see cref="Variable.Gradient"/> and must not write to it.</remarks>
/// <param name="table">Shape of the parameter.</param>
internal sealed class GradientRows(Shape table)
{
    private const int Bits = 64;

    private ulong[] _marks = [];
    private int[] _list = [];

    /// <summary>Their numbers, ascending, good until the next call of <see cref="SetAfterGather"/>; null where any row can be.</summary>
    public IndexTensor? NonZero { get; private set; }

    /// <summary>Something that is not known was or will be written.</summary>
    public void SetAny() => NonZero = null;

    /// <summary>A lookup's backward added rows to zeros, or to what was there.</summary>
    /// <param name="before">What <see cref="NonZero"/> was before <see cref="Tape.GradientOf"/> was asked.</param>
    /// <param name="ids">Rows that were written.</param>
    /// <param name="accumulate">Whether what was there before is still there.</param>
    public void SetAfterGather(IndexTensor? before, IndexTensor ids, bool accumulate)
    {
        if (accumulate && before is null)
        {
            return;
        }

        if (_list.Length == 0)
        {
            (_marks, _list) = (new ulong[((table.Rows - 1) / Bits) + 1], new int[table.Rows]);
        }

        Array.Clear(_marks);
        Mark(ids.Values);
        if (accumulate)
        {
            Mark(before!.Values);
        }

        NonZero = new IndexTensor(_list, List());
    }

    private void Mark(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            _marks[row / Bits] |= 1UL << (row % Bits);
        }
    }

    /// <summary>Lists the marked rows; what was listed before is gone.</summary>
    /// <returns>How many there are.</returns>
    private int List()
    {
        int count = 0;
        for (int i = 0; i < _marks.Length; i++)
        {
            for (ulong rest = _marks[i]; rest != 0; rest &= rest - 1)
            {
                _list[count++] = (i * Bits) + BitOperations.TrailingZeroCount(rest);
            }
        }

        return count;
    }
}
