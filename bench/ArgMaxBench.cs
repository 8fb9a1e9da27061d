// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Which token the model finds at each of 64 masked positions.</summary>
public class ArgMaxBench : KernelBench
{
    private const int Rows = 64;

    private readonly int[] _found = new int[Rows];
    private Tensor _logits = null!;

    /// <summary>The vocabulary of uncased BERT.</summary>
    [Params(30522)]
    public int Columns { get; set; }

    protected override void Prepare() => _logits = Random(Rows, Columns);

    protected override void Kernel(CpuBackend backend) => backend.ArgMax(_logits, _found);
}
