// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Training;

/// <summary>Google's rule that the casing flag must fit the name of a released checkpoint.</summary>
/// <remarks>google-research/bert tokenization.py, validate_case_matches_checkpoint.</remarks>
internal static partial class CasingCheck
{
    private static readonly HashSet<string> LowerCased =
    [
        "uncased_L-24_H-1024_A-16", "uncased_L-12_H-768_A-12", "multilingual_L-12_H-768_A-12", "chinese_L-12_H-768_A-12",
    ];

    private static readonly HashSet<string> Cased =
    [
        "cased_L-12_H-768_A-12", "cased_L-24_H-1024_A-16", "multi_cased_L-12_H-768_A-12",
    ];

    /// <exception cref="OptionsException">The name says one thing, the flag another.</exception>
    public static void Run(bool lowerCase, string? initCheckpoint)
    {
        Match match = ModelName().Match(initCheckpoint ?? "");
        string name = match.Groups[1].Value;
        if (!match.Success || !(lowerCase ? Cased : LowerCased).Contains(name))
        {
            return;
        }

        throw new OptionsException(
            $"--do_lower_case={(lowerCase ? "true" : "false")} does not fit --init_checkpoint={initCheckpoint}: {name} is a "
            + $"{(lowerCase ? "cased" : "lower-cased")} model; pass --do_lower_case={(lowerCase ? "false" : "true")}");
    }

    [GeneratedRegex("^.*?([A-Za-z0-9_-]+)/bert_model.ckpt", RegexOptions.CultureInvariant)]
    private static partial Regex ModelName();
}
