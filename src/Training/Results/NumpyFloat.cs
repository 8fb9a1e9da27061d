// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Training;

/// <summary>Writes float32 numbers as Google's programs do, which print numpy's.</summary>
public static class NumpyFloat
{
    /// <summary>str() of a numpy float32: the shortest decimal that reads back as the same float32.</summary>
    /// <returns>"0.632538", "1.0", "16777216.0"; with an exponent below 1e-4 and from 1e16 on ("8.9e-05", "1e+16");
    /// "nan", "inf", "-inf".</returns>
    /// <remarks>numpy compares in float32, where 1e-4 is below the double 1e-4 and so gets an exponent.</remarks>
    public static string Format(float value)
    {
        if (!float.IsFinite(value))
        {
            return float.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        (string digits, int exponent) = Shortest(MathF.Abs(value));
        string sign = float.IsNegative(value) ? "-" : "";
        return sign + (value == 0 || (MathF.Abs(value) >= 1e-4 && MathF.Abs(value) < 1e16f)
            ? Positional(digits, exponent)
            : Scientific(digits, exponent));
    }

    /// <summary>The digits d₀d₁… and the exponent of d₀.d₁… × 10^exponent.</summary>
    private static (string Digits, int Exponent) Shortest(float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        string[] parts = text.Split('E');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int point = parts[0].IndexOf('.');
        exponent += (point < 0 ? parts[0].Length : point) - 1;
        string all = parts[0].Replace(".", "");
        string digits = all.TrimStart('0');
        exponent -= all.Length - digits.Length;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent);
    }

    private static string Positional(string digits, int exponent)
    {
        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        string whole = digits.PadRight(exponent + 1, '0');
        return whole.Length == exponent + 1 ? whole + ".0" : $"{whole[..(exponent + 1)]}.{whole[(exponent + 1)..]}";
    }

    private static string Scientific(string digits, int exponent)
    {
        string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }
}
