// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;

namespace BertManaged.Training;

/// <summary>Named results of an evaluation, as eval_results.txt and the log show them.</summary>
public sealed class EvalResults
{
    // Google sorts the keys as Python sorts strings.
    private readonly SortedDictionary<string, (double Value, string Text)> _results = new(StringComparer.Ordinal);

    /// <summary>Names and values in the order of the file.</summary>
    public IEnumerable<KeyValuePair<string, double>> Values => _results.Select(r => KeyValuePair.Create(r.Key, r.Value.Value));

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public double this[string key] => _results[key].Value;

    /// <summary>Sets a number, which is written as a float32 (<see cref="NumpyFloat"/>).</summary>
    public void Set(string key, double value) => _results[key] = (value, NumpyFloat.Format((float)value));

    /// <summary>Sets a whole number, which is written without a point (global_step).</summary>
    public void SetInteger(string key, long value) => _results[key] = (value, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The text of eval_results.txt: "key = value" lines, keys ascending by code unit, each with "\n".</summary>
    public string ToFileText()
    {
        var text = new StringBuilder();
        foreach ((string key, (double _, string value)) in _results)
        {
            text.Append(key).Append(" = ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The lines that Google's programs log: a head with stars, then "  key = value".</summary>
    public IEnumerable<string> LogLines() =>
        _results.Select(r => $"  {r.Key} = {r.Value.Text}").Prepend("***** Eval results *****");
}
