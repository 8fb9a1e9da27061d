// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A block of memory that one backend hands out and only that backend looks into.</summary>
/// <param name="length">Number of elements.</param>
public abstract class Storage(long length)
{
    /// <summary>Number of elements.</summary>
    public long Length { get; } = length;
}
