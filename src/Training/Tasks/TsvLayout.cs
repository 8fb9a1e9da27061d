// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Where a task finds things in one of its tab-separated files. Columns count from 0.</summary>
internal sealed record TsvLayout
{
    /// <summary>Path below the data folder.</summary>
    public required string File { get; init; }

    /// <summary>First part of the guid; the rest is the line's index from 0, or <see cref="GuidColumn"/>.</summary>
    public required string Set { get; init; }

    public required int TextA { get; init; }

    public int? TextB { get; init; }

    /// <summary>Column of the label (from the end with ^), unless <see cref="LabelOfAll"/> or <see cref="NoLabels"/>.</summary>
    public Index Label { get; init; }

    /// <summary>Label that Google's processors give to every line of a test set.</summary>
    public string? LabelOfAll { get; init; }

    public bool NoLabels { get; init; }

    public bool HasHeader { get; init; } = true;

    public int? GuidColumn { get; init; }

    /// <summary>Reads only the lines whose first column is this language.</summary>
    public string? Language { get; init; }

    /// <summary>A label of the file and what it stands for.</summary>
    public (string From, string To)? Alias { get; init; }

    /// <summary>Columns that every line must have.</summary>
    public int ColumnsNeeded
    {
        get
        {
            int label = LabelOfAll is not null || NoLabels || Label.IsFromEnd ? 0 : Label.Value;
            return 1 + Math.Max(Math.Max(TextA, TextB ?? 0), Math.Max(label, GuidColumn ?? 0));
        }
    }
}
