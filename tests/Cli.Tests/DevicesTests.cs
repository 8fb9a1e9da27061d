// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests;

public class DevicesTests
{
    [Fact]
    public void Devices_AreTheProcessorAndTheGpus()
    {
        BertResult result = Bert.Run("devices").Succeeded();
        Assert.Matches(@"^cpu   (\d+-bit vectors|scalar), \d+ threads$", result.OutputLines[0]);
        Assert.StartsWith("gpu", result.OutputLines[1]);
    }

    [Fact]
    public void Devices_AsJson_SayTheSame()
    {
        using JsonDocument report = JsonDocument.Parse(Bert.Run("devices", "--format=json").Succeeded().Output);
        Assert.Equal(Environment.ProcessorCount, report.RootElement.GetProperty("cpu").GetProperty("threads").GetInt32());
        Assert.Equal(JsonValueKind.Array, report.RootElement.GetProperty("gpus").ValueKind);
    }

    [Fact]
    public void Devices_WithAForcedLevel_ShowIt() =>
        Assert.StartsWith(
            "cpu   scalar", new Bert().WithEnvironment("BERTMANAGED_SIMD", "scalar").RunWith("devices").Succeeded().OutputLines[0]);

    [Fact]
    public void Devices_WithALevelThatThereIsNot_IsOneLine() =>
        new Bert().WithEnvironment("BERTMANAGED_SIMD", "avx").RunWith("devices")
            .FailedWith(2, "BERTMANAGED_SIMD", "avx", "512, 256, 128 or scalar");

    [Fact]
    public void Failure_WithDebugSwitchedOn_ShowsItsTrace()
    {
        Bert bert = new Bert().WithEnvironment("BERTMANAGED_SIMD", "avx").WithEnvironment("BERTMANAGED_DEBUG", "1");
        BertResult result = bert.RunWith("devices");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("   at ", result.Error);
    }
}
