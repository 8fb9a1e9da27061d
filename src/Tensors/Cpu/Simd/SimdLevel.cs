// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>How many float32 the vector instructions of the <see cref="CpuBackend"/> work on at once.</summary>
public enum SimdLevel
{
    /// <summary>One: no vector instructions. Runs everywhere, for comparison.</summary>
    Scalar,

    /// <summary>Four: SSE, NEON.</summary>
    Vector128,

    /// <summary>Eight: AVX2.</summary>
    Vector256,

    /// <summary>Sixteen: AVX-512.</summary>
    Vector512,
}
