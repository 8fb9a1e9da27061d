// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>How a product is cut into pieces: groups of columns with all rows, and in the end smaller pieces, panel by panel and these
/// cut by rows, so that threads that are not equally fast finish together.</summary>
/// <remarks>The cut depends on the sizes alone. A panel that is cut by rows is packed once for each part, hence only the last
/// ones.</remarks>
internal readonly struct PieceCut
{
    // A multiple of the height of a full tile, 12 or 6.
    private const int WholeStrips = 12;

    private const int PartsOfPanel = 2, LastGroups = 2;

    /// <summary>Where there are fewer groups, more of them are cut by rows.</summary>
    private const int ManyGroups = 8;

    /// <summary>Rows worth cutting: so many that packing costs a part little.</summary>
    private const int ManyRows = 256;

    private readonly int _rows, _columns, _group, _panel, _groups, _part;

    private PieceCut(int rows, int columns, int group, int panel, bool isLast)
    {
        (_rows, _columns, _group, _panel) = (rows, columns, group, panel);
        int groups = Blocking.Count(columns, group);
        bool cuts = isLast && rows >= ManyRows && groups > LastGroups;
        _groups = cuts ? groups - Math.Clamp(ManyGroups - groups, LastGroups, groups) : groups;
        _part = Blocking.RoundUp(Blocking.Count(rows, PartsOfPanel), WholeStrips);
        Count = _groups + (cuts ? Blocking.Count(columns - (_groups * group), panel) * Blocking.Count(rows, _part) : 0);
    }

    /// <summary>Number of pieces.</summary>
    public int Count { get; }

    /// <summary>The cut of a product.</summary>
    /// <param name="p">Its sizes.</param>
    /// <param name="group">Columns of a group: some panels.</param>
    /// <param name="panel">Columns of a panel.</param>
    public static PieceCut Of(in Product p, int group, int panel) => new(p.Rows, p.Columns, group, panel, isLast: true);

    /// <summary>The same without smaller pieces in the end: other work follows.</summary>
    public static PieceCut IntoGroups(in Product p, int group) => new(p.Rows, p.Columns, group, group, isLast: false);

    /// <summary>First row, rows, first column and columns of a piece.</summary>
    public (int Row, int Rows, int Column, int Columns) Piece(int piece)
    {
        if (piece < _groups)
        {
            int first = piece * _group;
            return (0, _rows, first, Math.Min(_group, _columns - first));
        }

        (int panel, int part) = Math.DivRem(piece - _groups, Blocking.Count(_rows, _part));
        int row = part * _part, column = (_groups * _group) + (panel * _panel);
        return (row, Math.Min(_part, _rows - row), column, Math.Min(_panel, _columns - column));
    }
}
