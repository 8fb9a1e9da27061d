// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>An example lacks a feature that was asked for, or has it otherwise.</summary>
public sealed class FeatureException : TFRecordException
{
    internal FeatureException(TFRecordPlace place, FixedLengthFeature expected, string found)
        : base(place, $"feature '{expected.Name}' should have {expected.Length} values of kind {expected.Kind.ProtoName()}, {found}") =>
        Expected = expected;

    /// <summary>What was asked for.</summary>
    public FixedLengthFeature Expected { get; }

    /// <summary>Whether there is no feature of that name.</summary>
    public bool IsMissing { get; internal init; }

    /// <summary>How many values of the right kind there are, where only their number is wrong; else null. Often a setting then differs from
    /// the one that the file was made with.</summary>
    public int? OtherCount { get; internal init; }
}
