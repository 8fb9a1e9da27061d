// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>Flags that several verbs have. Each verb gets its own.</summary>
internal static class SharedFlags
{
    public const string Computing = "Computing";
    public const string Output = "Output";

    public static Flag<int?> Threads() => new Flag<int?>(
        "threads", Computing, "threads that compute at once; results do not depend on it [all cores]",
        FlagValues.Optional(FlagValues.WholeNumber)).Or("jobs");

    public static Flag<ulong> Seed(string group, string description) =>
        new Flag<ulong>("seed", group, description, FlagValues.Seed, "1").Or("random_seed");

    public static Flag<BackendKind> Backend() => new(
        "backend", Computing, "cpu: float32 and fast; reference: float64, slow, the textbook",
        FlagValues.OneOf(("cpu", BackendKind.Cpu), ("reference", BackendKind.Reference)), "cpu");

    public static Flag<bool> Recompute(string group) => new(
        "recompute", group, "keep only the inputs of layers: less memory, a third more time", FlagValues.Boolean, "false");

    public static Flag<OutputFormat> Format() => new(
        "format", Output, "how results are printed", FlagValues.OneOf(("text", OutputFormat.Text), ("json", OutputFormat.Json)), "text");
}
