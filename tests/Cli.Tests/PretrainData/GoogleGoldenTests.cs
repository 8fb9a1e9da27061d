// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text.Json;

namespace BertManaged.Cli.Tests.PretrainData;

/// <summary>The files of Google's create_pretraining_data.py, with features in ascending order, byte for byte, from its own command
/// lines.</summary>
public class GoogleGoldenTests
{
    private const string Goldens = "goldens/google/pretrain-data";

    public static TheoryData<string> Sets =>
    [
        "a-readme", "b-wwm", "c-cased", "d-files", "e-chinese", "e-chinese-wwm", "f-edge", "f-edge-wwm", "f-onedoc", "g-seed0",
        "g-seed-negative", "g-seed-64bit", "large",
    ];

    [Theory, MemberData(nameof(Sets))]
    public void Files_OfItsCommandLine_AreGooglesByteForByte(string set)
    {
        using var folder = new TemporaryFolder();
        using JsonDocument index = Index();
        JsonElement golden = index.RootElement.GetProperty(set);
        string[] files = [.. golden.GetProperty("files").EnumerateObject().Select(file => file.Name)];
        Bert.Run(Arguments(golden.GetProperty("command").GetString()!, files, folder)).Succeeded();
        foreach (JsonProperty file in golden.GetProperty("files").EnumerateObject())
        {
            byte[] ours = File.ReadAllBytes(folder.At(file.Name));
            Assert.Equal(file.Value.GetProperty("bytes").GetInt64(), ours.Length);
            Assert.Equal(
                file.Value.GetProperty("sorted_tfrecord_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(ours)));
        }
    }

    [Fact]
    public void Log_WithVerbose_IsGoogles()
    {
        using var folder = new TemporaryFolder();
        using JsonDocument index = Index();
        string[] arguments =
            Arguments(index.RootElement.GetProperty("a-readme").GetProperty("command").GetString()!, ["examples.tfrecord"], folder);
        string[] ours = Bert.Run([.. arguments, "--verbose"]).Succeeded().ErrorLines;
        string[] theirs = File.ReadAllLines(SharedFolder.Path($"{Goldens}/a-readme/log.txt"));
        Assert.Equal(
            theirs.Select(line => line.Trim().Replace("data/google", SharedFolder.Path("data") + "/google", StringComparison.Ordinal)
                .Replace("examples.tfrecord", folder.At("examples.tfrecord"), StringComparison.Ordinal)),
            ours[..^1]);
        Assert.Contains("instances/s", ours[^1]);
    }

    private static JsonDocument Index() => JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path($"{Goldens}/index.json")));

    // Its flags with our paths. A pattern that matches nothing adds nothing there; here it is an error, so it is left out.
    private static string[] Arguments(string command, string[] files, TemporaryFolder folder)
    {
        string[] flags = command.Replace("in/nothing*.txt,", "", StringComparison.Ordinal).Split(' ')[1..];
        return
        [
            "create_pretraining_data",
            .. flags.Where(flag => !flag.StartsWith("--output_file", StringComparison.Ordinal))
                .Select(flag => flag.Replace("=data/", $"={SharedFolder.Path("data")}/", StringComparison.Ordinal)
                    .Replace("=in/", $"={SharedFolder.Path($"{Goldens}/in")}/", StringComparison.Ordinal)
                    .Replace(",in/", $",{SharedFolder.Path($"{Goldens}/in")}/", StringComparison.Ordinal)),
            $"--output_file={string.Join(',', files.Select(file => folder.At(file)))}",
        ];
    }
}
