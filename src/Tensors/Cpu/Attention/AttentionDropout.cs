// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Dropout of a row of attention.</summary>
internal static unsafe class AttentionDropout
{
    /// <summary>y = x / (1 − p) where the mask keeps the element of that number, else 0. y may be x.</summary>
    /// <param name="mask">Which are kept.</param>
    /// <param name="first">Number of the first element.</param>
    /// <param name="x">Values.</param>
    /// <param name="y">Destination.</param>
    /// <param name="count">How many.</param>
    public static void Apply(in DropoutMask mask, long first, float* x, float* y, int count)
    {
        float scale = (float)mask.Scale;
        for (int i = 0; i < count; i++)
        {
            y[i] = mask.Keeps(first + i) ? x[i] * scale : 0;
        }
    }
}
