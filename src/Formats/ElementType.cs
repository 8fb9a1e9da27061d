// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>What the elements of a stored tensor are. Members are in the order of safetensors' own list of types
/// (the writer sorts by it, descending); those that safetensors has not come after.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 or 1. <c>BOOL</c>.</summary>
    Bool,

    /// <summary>4-bit float. <c>F4</c>: listed, never converted.</summary>
    Float4,

    /// <summary>6-bit float. <c>F6_E2M3</c>: listed, never converted.</summary>
    Float6E2M3,

    /// <summary>6-bit float. <c>F6_E3M2</c>: listed, never converted.</summary>
    Float6E3M2,

    /// <summary>Unsigned, 8 bits. <c>U8</c>.</summary>
    UInt8,

    /// <summary>Signed, 8 bits. <c>I8</c>.</summary>
    Int8,

    /// <summary>8-bit float with 5 bits of exponent: the upper half of a float16. <c>F8_E5M2</c>.</summary>
    Float8E5M2,

    /// <summary>8-bit float with 4 bits of exponent, no infinities. <c>F8_E4M3</c>.</summary>
    Float8E4M3,

    /// <summary>8-bit power of two. <c>F8_E8M0</c>: listed, never converted.</summary>
    Float8E8M0,

    /// <summary>8-bit float without negative zero. <c>F8_E4M3FNUZ</c>: listed, never converted.</summary>
    Float8E4M3Fnuz,

    /// <summary>8-bit float without negative zero. <c>F8_E5M2FNUZ</c>: listed, never converted.</summary>
    Float8E5M2Fnuz,

    /// <summary>Signed, 16 bits. <c>I16</c>.</summary>
    Int16,

    /// <summary>Unsigned, 16 bits. <c>U16</c>.</summary>
    UInt16,

    /// <summary>IEEE 754 half precision. <c>F16</c>.</summary>
    Float16,

    /// <summary>The upper half of a float32. <c>BF16</c>.</summary>
    BFloat16,

    /// <summary>Signed, 32 bits. <c>I32</c>.</summary>
    Int32,

    /// <summary>Unsigned, 32 bits. <c>U32</c>.</summary>
    UInt32,

    /// <summary>IEEE 754 single precision. <c>F32</c>.</summary>
    Float32,

    /// <summary>Two float32: real, imaginary. <c>C64</c>: listed, never converted.</summary>
    Complex64,

    /// <summary>IEEE 754 double precision. <c>F64</c>.</summary>
    Float64,

    /// <summary>Signed, 64 bits. <c>I64</c>.</summary>
    Int64,

    /// <summary>Unsigned, 64 bits. <c>U64</c>.</summary>
    UInt64,

    /// <summary>Two float64: real, imaginary. <c>C128</c>; TensorFlow only: listed, never converted.</summary>
    Complex128,

    /// <summary>Byte strings of any length. <c>STRING</c>; TensorFlow only: listed, never converted.</summary>
    String,

    /// <summary>A type of TensorFlow's that is none of the above (resources, variants, quantized numbers).
    /// <c>OTHER</c>: listed, never read.</summary>
    Other,
}
