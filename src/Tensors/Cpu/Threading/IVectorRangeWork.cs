// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Element-wise work written once for every register width: the same lanes give the same bits, so a remainder
/// that fills no register is done with one lane.</summary>
internal interface IVectorRangeWork
{
    /// <summary>Does the elements from <paramref name="start"/> to before <paramref name="end"/>, a whole number of registers.</summary>
    void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>;
}
