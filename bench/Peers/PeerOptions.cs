// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Peers;

/// <summary>Arguments of the form <c>--name value</c>.</summary>
internal sealed class PeerOptions
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="ArgumentException">An argument is no flag, or a flag has no value.</exception>
    public PeerOptions(string[] arguments)
    {
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Length)
            {
                throw new ArgumentException($"expected --name value, found '{arguments[i]}'");
            }

            _values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    /// <summary>A text; null where it is not given, or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>A text that must be given.</summary>
    public string Required(string name) => Text(name) ?? throw new ArgumentException($"--{name} is required");

    /// <summary>A whole number from 1.</summary>
    public int Number(string name, int fallback) => Text(name) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new ArgumentException($"--{name} {text}: expected a whole number from 1");
}
