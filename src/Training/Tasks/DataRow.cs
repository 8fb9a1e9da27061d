// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>One row of a <see cref="DataTable"/>.</summary>
/// <param name="Number">Line where it begins, from 1.</param>
/// <param name="Cells">Cells by column; null where a JSON object has null.</param>
internal sealed record DataRow(int Number, IReadOnlyDictionary<string, string?> Cells)
{
    /// <summary>The cell of a column, or null where the row has none.</summary>
    public string? Cell(string column) => Cells.GetValueOrDefault(column);
}
