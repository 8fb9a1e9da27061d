// SPDX-License-Identifier: Apache-2.0
using System.Collections.Frozen;

namespace BertManaged.Formats;

/// <summary>Names and sizes of the element types.</summary>
public static class ElementTypes
{
    // In the order of the enum.
    private static readonly (string Name, int Bits)[] Table =
    [
        ("BOOL", 8), ("F4", 4), ("F6_E2M3", 6), ("F6_E3M2", 6), ("U8", 8), ("I8", 8),
        ("F8_E5M2", 8), ("F8_E4M3", 8), ("F8_E8M0", 8), ("F8_E4M3FNUZ", 8), ("F8_E5M2FNUZ", 8),
        ("I16", 16), ("U16", 16), ("F16", 16), ("BF16", 16), ("I32", 32), ("U32", 32), ("F32", 32),
        ("C64", 64), ("F64", 64), ("I64", 64), ("U64", 64), ("C128", 128), ("STRING", 0), ("OTHER", 0),
    ];

    private static readonly FrozenDictionary<string, ElementType> ByName = Enum.GetValues<ElementType>()
        .Where(IsSafetensors)
        .ToFrozenDictionary(type => Table[(int)type].Name, StringComparer.Ordinal);

    /// <summary>The name that safetensors gives the type ("F32", "I64"); for types it does not have, one in its manner.</summary>
    public static string Name(this ElementType type) => Table[(int)type].Name;

    /// <summary>Bits of one element; 0 for types whose elements have no fixed size (strings, others).</summary>
    public static int BitsPerElement(this ElementType type) => Table[(int)type].Bits;

    /// <summary>Whether safetensors can hold the type.</summary>
    public static bool IsSafetensors(this ElementType type) => type <= ElementType.UInt64;

    /// <summary>Whether <see cref="ITensorFile.ReadSingles"/> and <see cref="ITensorFile.ReadDoubles"/> convert the type:
    /// integers, booleans (0 and 1), and floats of 64, 32, 16 bits and the two common ones of 8.</summary>
    public static bool IsConvertible(this ElementType type) => type switch
    {
        ElementType.Float4 or ElementType.Float6E2M3 or ElementType.Float6E3M2 => false,
        ElementType.Float8E8M0 or ElementType.Float8E4M3Fnuz or ElementType.Float8E5M2Fnuz => false,
        ElementType.Complex64 => false,
        _ => type.IsSafetensors(),
    };

    /// <summary>Finds the type of a safetensors name; false where there is none.</summary>
    public static bool TryParse(string name, out ElementType type) => ByName.TryGetValue(name, out type);
}
