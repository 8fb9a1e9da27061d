// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Repo.Tests;

/// <summary>Every kernel of the contract has a benchmark.</summary>
public partial class BenchTests
{
    private static SourceFile[] Benches { get; } =
        [.. SourceFile.All.Where(file => file.IsIn("bench") && !file.IsIn("bench/Peers"))];

    /// <summary>Of the kernels, which come after the calls about memory.</summary>
    public static TheoryData<string> Kernels { get; } =
    [
        .. Kernel().Matches(File.ReadAllText(Repository.File("src", "Tensors", "IBackend.cs")).Split("// ---- element by element")[1])
            .Select(match => match.Groups[1].Value),
    ];

    [Fact]
    public void Kernels_AreFound()
    {
        string[] kernels = [.. Kernels.Select(row => row.Data)];
        Assert.Contains("Fill", kernels);
        Assert.Contains("LinearBackward", kernels);
        Assert.Contains("AdamW", kernels);
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Kernel_HasABenchmark(string kernel) => Assert.Contains(
        Benches, file => file.Lines.Any(line => line.Contains($".{kernel}(", StringComparison.Ordinal)));

    /// <summary>What scalar code takes stands beside it: a baseline of the file's own, or that of <c>KernelBench</c>.</summary>
    [Fact]
    public void Benchmark_OfKernels_HasABaseline() => Assert.All(
        Benches.Where(file =>
            file.Path.EndsWith("Bench.cs", StringComparison.Ordinal) && file.Lines.Contains("using BertManaged.Tensors;")),
        file => Assert.Contains(file.Lines, line => Baseline().IsMatch(line)));

    [GeneratedRegex(@"^    (?:void|double) (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Kernel();

    [GeneratedRegex(@"Baseline = true|: (?:KernelBench|RowsBench)\b")]
    private static partial Regex Baseline();
}
