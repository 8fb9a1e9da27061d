// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>TensorFlow's numbers for element types (tensorflow/core/framework/types.proto).</summary>
internal static class DataTypes
{
    // Added to a type to mean a reference to a variable of it; stored tensors may carry either.
    private const int ReferenceOffset = 100;

    private const int Highest = 25;

    private static readonly Dictionary<ElementType, int> Numbers = Enumerable.Range(1, Highest)
        .Where(number => ElementTypeOf(number) != ElementType.Other)
        .ToDictionary(ElementTypeOf);

    /// <summary>The number of a type; null where TensorFlow has no such type.</summary>
    public static int? NumberOf(ElementType type) => Numbers.TryGetValue(type, out int number) ? number : null;

    public static ElementType ElementTypeOf(int dataType) => (dataType > ReferenceOffset ? dataType - ReferenceOffset : dataType) switch
    {
        1 => ElementType.Float32,
        2 => ElementType.Float64,
        3 => ElementType.Int32,
        4 => ElementType.UInt8,
        5 => ElementType.Int16,
        6 => ElementType.Int8,
        7 => ElementType.String,
        8 => ElementType.Complex64,
        9 => ElementType.Int64,
        10 => ElementType.Bool,
        14 => ElementType.BFloat16,
        17 => ElementType.UInt16,
        18 => ElementType.Complex128,
        19 => ElementType.Float16,
        22 => ElementType.UInt32,
        23 => ElementType.UInt64,
        24 => ElementType.Float8E5M2,
        25 => ElementType.Float8E4M3,
        _ => ElementType.Other,
    };
}
