// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

/// <summary>Errors in units in the last place of a float32.</summary>
internal static class Ulp
{
    private const int SmallestExponent = -126;
    private const int FractionBits = 23;

    /// <summary>Distance of a float from the true value, in the spacing of floats at the true value.</summary>
    public static double Error(float found, double expected)
    {
        if (!float.IsFinite((float)expected) || !float.IsFinite(found))
        {
            return found.Equals((float)expected) ? 0 : double.PositiveInfinity;
        }

        int exponent = expected == 0 ? SmallestExponent : Math.Max(Math.ILogB(expected), SmallestExponent);
        return Math.Abs(found - expected) / Math.ScaleB(1, exponent - FractionBits);
    }
}
