// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>What the values of a feature of a tf.Example are.</summary>
public enum FeatureKind
{
    /// <summary>Byte strings: <c>bytes_list</c>.</summary>
    Bytes,

    /// <summary>32-bit floats: <c>float_list</c>.</summary>
    Float,

    /// <summary>64-bit integers: <c>int64_list</c>.</summary>
    Int64,
}

/// <summary>The names of feature kinds.</summary>
internal static class FeatureKinds
{
    /// <summary>The name that feature.proto gives the kind's list.</summary>
    public static string ProtoName(this FeatureKind kind) => kind switch
    {
        FeatureKind.Bytes => "bytes_list",
        FeatureKind.Float => "float_list",
        _ => "int64_list",
    };
}
