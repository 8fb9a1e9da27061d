// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>How a product is cut into pieces: groups of columns with all rows, and in the end smaller pieces, the last groups cut by rows,
/// so that threads that are not equally fast finish together.</summary>
/// <remarks>The cut depends on the sizes alone. A group that is cut by rows is packed once for each part, hence only the last
/// ones.</remarks>
internal readonly struct PieceCut
{
    // A multiple of the height of every register tile.
    private const int WholeStrips = 12;

    private const int PartsOfGroup = 2, LastGroups = 2;

    /// <summary>Rows worth cutting: so many that packing costs a part little.</summary>
    private const int ManyRows = 256;

    private readonly int _rows, _columns, _width, _whole, _part;

    private PieceCut(int rows, int columns, int width, bool isLast)
    {
        (_rows, _columns, _width) = (rows, columns, width);
        int groups = Blocking.Count(columns, width);
        bool cuts = isLast && rows >= ManyRows && groups > LastGroups;
        _whole = cuts ? groups - LastGroups : groups;
        _part = Blocking.RoundUp(Blocking.Count(rows, PartsOfGroup), WholeStrips);
        Count = _whole + (cuts ? LastGroups * Blocking.Count(rows, _part) : 0);
    }

    /// <summary>Number of pieces.</summary>
    public int Count { get; }

    /// <summary>The cut of a product into groups of <paramref name="width"/> columns.</summary>
    public static PieceCut Of(in Product p, int width) => new(p.Rows, p.Columns, width, isLast: true);

    /// <summary>The same without smaller pieces in the end: other work follows.</summary>
    public static PieceCut IntoGroups(in Product p, int width) => new(p.Rows, p.Columns, width, isLast: false);

    /// <summary>First row, rows, first column and columns of a piece.</summary>
    public (int Row, int Rows, int Column, int Columns) Piece(int piece)
    {
        int parts = Blocking.Count(_rows, _part), late = piece - _whole;
        int group = late < 0 ? piece : _whole + (late / parts), column = group * _width;
        int row = late < 0 ? 0 : late % parts * _part;
        return (row, late < 0 ? _rows : Math.Min(_part, _rows - row), column, Math.Min(_width, _columns - column));
    }
}
