// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>An example lacks a feature that was asked for, or has it otherwise.</summary>
public sealed class FeatureException : TFRecordException
{
    internal FeatureException(TFRecordPlace place, FixedLengthFeature expected, int? otherCount, string found)
        : base(place, $"feature '{expected.Name}' should have {expected.Length} values of kind {expected.Kind.ProtoName()}, {found}") =>
        (Expected, OtherCount) = (expected, otherCount);

    /// <summary>What was asked for.</summary>
    public FixedLengthFeature Expected { get; }

    /// <summary>How many values of the right kind there are, where only their number is wrong; else null. Often a setting then differs from
    /// the one that the file was made with.</summary>
    public int? OtherCount { get; }
}
