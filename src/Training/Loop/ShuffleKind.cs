// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>In which order training examples come.</summary>
public enum ShuffleKind
{
    /// <summary>The whole set is shuffled anew for each pass, seeded.</summary>
    Full,

    /// <summary>As in the file, passes following each other without a break.</summary>
    None,
}
