// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Work over a range of items (elements, rows), written once for all register widths.</summary>
internal interface IRangeKernel
{
    /// <summary>Does the items from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    /// <typeparam name="V">The registers.</typeparam>
    void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>;
}
