// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Text.Json;

namespace BertManaged.Peers;

/// <summary>A run of a program that prints what it measured as a line of JSON.</summary>
internal sealed class MeasuredRun
{
    private readonly JsonElement _result;

    private MeasuredRun(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            (_result, Json) = (document.RootElement.Clone(), json);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"expected a line of JSON, found '{json}'");
        }
    }

    /// <summary>The line.</summary>
    public string Json { get; }

    public double Milliseconds => Number("median_ms");

    /// <summary>Operations a second over real tokens, 10⁹; 0 where nothing of the kind is counted.</summary>
    public double GigaFlops => _result.TryGetProperty("gflops", out JsonElement value) ? value.GetDouble() : 0;

    /// <summary>The same with what is done for padding; ours has none.</summary>
    public double PaddedGigaFlops => _result.TryGetProperty("padded_gflops", out JsonElement value) ? value.GetDouble() : GigaFlops;

    public double Number(string key) => _result.TryGetProperty(key, out JsonElement value)
        ? value.GetDouble()
        : throw new InvalidOperationException($"expected {key} in what was measured, found {Json}");

    /// <summary>A text; empty where there is none of this name.</summary>
    public string Text(string key) => _result.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? "" : "";

    /// <summary>Starts a program and waits for its last line.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static MeasuredRun Of(string program, IEnumerable<string> arguments) =>
        new(Output(program, arguments).TrimEnd().Split('\n')[^1]);

    /// <summary>What a program prints.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has its own last words.</exception>
    public static string Output(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // What the peers' libraries need is not for others: their program sets it itself.
        start.Environment.Remove("LD_PRELOAD");
        start.Environment.Remove("LD_LIBRARY_PATH");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}: {error.Result.Trim().Split('\n')[^1]}");
    }
}
