// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>The rows of a batch that heads read: the first of each sequence and some more, each once and in order.</summary>
internal sealed class ReadRows
{
    private readonly int[] _rows;

    /// <param name="layout">Of the batch.</param>
    /// <param name="further">Packed rows in any order; repeated ones are fine.</param>
    public ReadRows(SequenceLayout layout, IndexTensor further)
    {
        _rows = [.. new SortedSet<int>([.. layout.FirstRows(), .. further.Values])];
        Rows = new IndexTensor(_rows);
    }

    /// <summary>Packed rows, ascending, [Q].</summary>
    public IndexTensor Rows { get; }

    /// <summary>Where packed rows are among <see cref="Rows"/>.</summary>
    public IndexTensor Find(IndexTensor packed) => new(Array.ConvertAll(packed.Values.ToArray(), row => Array.BinarySearch(_rows, row)));
}
