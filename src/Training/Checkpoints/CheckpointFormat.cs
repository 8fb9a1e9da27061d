// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>In which form checkpoints of a run are written.</summary>
public enum CheckpointFormat
{
    /// <summary>A folder for each, which Hugging Face loads: <c>checkpoint-1000/</c>.</summary>
    Safetensors,

    /// <summary>Files that Google's programs go on from: <c>model.ckpt-1000.index</c>, <c>.data-00000-of-00001</c>, and the file
    /// <c>checkpoint</c> that names them.</summary>
    TensorFlow,
}
