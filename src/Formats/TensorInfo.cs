// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Name, element type and shape of a stored tensor; row-major.</summary>
/// <param name="Name">The name as the file has it.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Shape">Its dimensions, each at least 0; empty for a scalar.</param>
public sealed record TensorInfo(string Name, ElementType Type, IReadOnlyList<long> Shape)
{
    /// <summary>The product of the dimensions; 1 for a scalar.</summary>
    /// <exception cref="OverflowException">The product is not below 2⁶³; no reader of this library lists such a tensor.</exception>
    public long ElementCount
    {
        get
        {
            long count = 1;
            foreach (long size in Shape)
            {
                count = checked(count * size);
            }

            return count;
        }
    }

    /// <summary>The shape as it is printed: <c>[2, 128, 768]</c>, <c>[]</c> for a scalar.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
