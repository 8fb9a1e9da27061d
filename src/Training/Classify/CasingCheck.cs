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

    /// <summary>Holds the flag against the names of --init_checkpoint and --model. Where the flag is not given, what the model's
    /// tokenizer_config.json says stands for it, else Google's default.</summary>
    /// <exception cref="OptionsException">The name says one thing, the flag another.</exception>
    public static void Run(ClassifyOptions options)
    {
        Run(options.DoLowerCase, "--init_checkpoint", options.InitCheckpoint);
        Run(options.DoLowerCase, "--model", options.Model);
    }

    private static void Run(bool? flag, string option, string? location)
    {
        if (location is null)
        {
            return;
        }

        bool lowerCase = flag ?? new ModelFiles(location).LowerCase() ?? true;
        if (!(lowerCase ? Cased : LowerCased).Contains(Name(location)))
        {
            return;
        }

        throw new OptionsException(
            $"--do_lower_case={(lowerCase ? "true" : "false")} does not fit {option}={location}: {Name(location)} is a "
            + $"{(lowerCase ? "cased" : "lower-cased")} model; pass --do_lower_case={(lowerCase ? "false" : "true")}");
    }

    /// <summary>The folder of bert_model.ckpt, as Google's rule has it; else what a folder or .zip is called.</summary>
    private static string Name(string location)
    {
        Match match = ModelName().Match(location);
        return match.Success ? match.Groups[1].Value
            : Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(location));
    }

    [GeneratedRegex("^.*?([A-Za-z0-9_-]+)/bert_model.ckpt", RegexOptions.CultureInvariant)]
    private static partial Regex ModelName();
}
