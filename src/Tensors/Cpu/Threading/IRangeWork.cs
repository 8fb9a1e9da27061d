// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Work over the numbers 0 to n − 1 (elements, rows), cut into ranges.</summary>
internal interface IRangeWork
{
    /// <summary>Does the items from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    void Run(int start, int end);
}
