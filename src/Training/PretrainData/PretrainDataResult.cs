// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What a run of <see cref="PretrainDataWriter"/> made.</summary>
public sealed record PretrainDataResult
{
    /// <summary>The files and how many examples each has, in the order in which they were named.</summary>
    public required IReadOnlyList<(string Path, long Examples)> Files { get; init; }

    /// <summary>Documents that were read.</summary>
    public required long Documents { get; init; }

    /// <summary>Their tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>All examples.</summary>
    public long Examples => Files.Sum(file => file.Examples);
}
