// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>What kind of mistake a <see cref="TensorFileException"/> or <see cref="TFRecordException"/> reports.</summary>
public enum TensorFileFault
{
    /// <summary>The bytes of a file are not what its format asks for, or do not hold what was asked of them.</summary>
    Content,

    /// <summary>A path names nothing that can be opened: missing, not permitted, or of no known format.</summary>
    Path,
}
