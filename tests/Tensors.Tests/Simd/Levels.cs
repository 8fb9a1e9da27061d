// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

/// <summary>The vector widths of this machine.</summary>
internal static class Levels
{
    public static readonly SimdLevel[] All = [.. Enum.GetValues<SimdLevel>().Where(Simd.IsSupported)];

    public static TheoryData<SimdLevel> Supported => [.. All];

    /// <summary>A function of every element, as the kernels compute it.</summary>
    public static unsafe float[] Map<TFunction>(SimdLevel level, TFunction function, float[] x)
        where TFunction : struct, IMap
    {
        var y = new float[x.Length];
        fixed (float* source = x, destination = y)
        {
            new AtLevel<Map<TFunction>>(level, new Map<TFunction>(function, source, destination)).Run(0, x.Length);
        }

        return y;
    }
}
