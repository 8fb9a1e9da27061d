// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

/// <summary>How the factor of clipping follows from the global norm, for a largest norm of 1.</summary>
public enum ClippingRule
{
    /// <summary>min(1 / norm, 1); 1 if the norm is 0 (tf.clip_by_global_norm).</summary>
    Google,

    /// <summary>min(1, 1 / (norm + 1e-6)) (torch.nn.utils.clip_grad_norm_).</summary>
    Torch,
}
