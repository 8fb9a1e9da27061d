// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Unicode;

/// <summary>All that the tokenizer asks about a code point, in the byte that the table holds for it.</summary>
[Flags]
internal enum CharacterProperties
{
    /// <summary>A letter without any other property.</summary>
    None = 0,

    /// <summary>The bits of <see cref="CharacterKind"/>.</summary>
    KindMask = 7,

    /// <summary>Has the property Cased of the final-sigma rule.</summary>
    Cased = 8,

    /// <summary>Has the property Case_Ignorable of the final-sigma rule.</summary>
    CaseIgnorable = 16,

    /// <summary>Lower-casing or canonical decomposition changes it.</summary>
    Folds = 32,

    /// <summary>Its canonical combining class, or that of each character it decomposes to, is not 0.</summary>
    Combining = 64,
}
