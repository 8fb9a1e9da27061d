// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What an exported model gives.</summary>
public enum OnnxHead
{
    /// <summary>last_hidden_state: for a checkpoint without pooler.</summary>
    HiddenState,

    /// <summary>last_hidden_state and pooler_output.</summary>
    Pooled,

    /// <summary>logits of a classification head.</summary>
    Classification,
}
