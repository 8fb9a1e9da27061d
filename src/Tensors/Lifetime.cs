// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>How long the memory of a tensor lives. There are two lifetimes and no third.</summary>
public enum Lifetime
{
    /// <summary>Parameters, their gradients, optimizer moments: as long as the backend.</summary>
    Persistent,

    /// <summary>Everything else: until <see cref="IBackend.ResetStep"/>.</summary>
    Step,
}
