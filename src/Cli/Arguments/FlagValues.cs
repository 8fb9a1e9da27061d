// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Numerics;

namespace BertManaged.Cli;

/// <summary>The kinds of values that flags take.</summary>
internal static class FlagValues
{
    /// <summary>absl's words for true and false, in any case.</summary>
    public static FlagValue<bool> Boolean { get; } = new("true|false", "true, t, 1, false, f or 0", TryBoolean);

    public static FlagValue<int> WholeNumber { get; } = new("N", "a whole number", TryWholeNumber);

    /// <summary>A whole number of any size, as Python has them.</summary>
    public static FlagValue<BigInteger> AnyWholeNumber { get; } = new("N", "a whole number", TryAnyWholeNumber);

    /// <summary>Bytes, with a unit of 1000 (kB, MB, GB, TB) or 1024 (KiB, MiB, GiB, TiB) or none.</summary>
    public static FlagValue<long> MemorySize { get; } = new("SIZE", "a size above 0 such as 500MB or 4GB", TryMemorySize);

    public static FlagValue<ulong> Seed { get; } = new("N", "a whole number from 0", TrySeed);

    public static FlagValue<double> Number { get; } = new("X", "a number", TryNumber);

    /// <summary>Any text, shown as <paramref name="name"/>.</summary>
    public static FlagValue<string?> Text(string name) => new(name, name, static (string text, out string? value) =>
    {
        value = text;
        return text.Length > 0;
    });

    /// <summary>One of several words, in any case.</summary>
    public static FlagValue<T> OneOf<T>(params (string Word, T Value)[] choices)
    {
        string words = string.Join("|", choices.Select(choice => choice.Word));
        return new FlagValue<T>(words, $"one of {string.Join(", ", choices.Select(choice => choice.Word))}", TryWord);

        bool TryWord(string text, out T value)
        {
            int i = Array.FindIndex(choices, choice => choice.Word.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = i < 0 ? default! : choices[i].Value;
            return i >= 0;
        }
    }

    /// <summary>The same for a flag without default.</summary>
    public static FlagValue<T?> Optional<T>(FlagValue<T> required)
        where T : struct
    {
        return new FlagValue<T?>(required.Name, required.Allowed, TryOptional);

        bool TryOptional(string text, out T? value)
        {
            bool isWellFormed = required.TryParse(text, out T parsed);
            value = parsed;
            return isWellFormed;
        }
    }

    private static bool TryBoolean(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "true" or "t" or "1";
        return value || text.ToLowerInvariant() is "false" or "f" or "0";
    }

    private static bool TryWholeNumber(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryAnyWholeNumber(string text, out BigInteger value) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryMemorySize(string text, out long value)
    {
        string number = text.TrimEnd([.. "kKmMgGtTiIbB"]);
        double unit = Unit(text[number.Length..].ToUpperInvariant());
        bool isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        bool isInRange = isNumber && count * unit is >= 1 and <= 1e18;
        value = isInRange ? (long)(count * unit) : 0;
        return isInRange;
    }

    /// <summary>0 for what is no unit.</summary>
    private static double Unit(string name) => name switch
    {
        "" or "B" => 1,
        ['K' or 'M' or 'G' or 'T', 'I', 'B'] => Math.Pow(1024, 1 + "KMGT".IndexOf(name[0])),
        ['K' or 'M' or 'G' or 'T'] or ['K' or 'M' or 'G' or 'T', 'B'] => Math.Pow(1000, 1 + "KMGT".IndexOf(name[0])),
        _ => 0,
    };

    private static bool TrySeed(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
