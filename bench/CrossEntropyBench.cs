// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Cross-entropy of 64 masked positions.</summary>
public class CrossEntropyBench : KernelBench
{
    private const int Rows = 64;

    private readonly IndexTensor _labels = new(new int[Rows]);
    private Tensor _logits = null!, _gradient = null!, _weights = null!, _logSumExp = null!, _loss = null!;

    /// <summary>The vocabulary of uncased BERT.</summary>
    [Params(30522)]
    public int Columns { get; set; }

    protected override void Prepare()
    {
        (_logits, _gradient) = (Random(Rows, Columns), Zeros(Rows, Columns));
        (_weights, _logSumExp, _loss) = (Random(Rows), Zeros(Rows), Zeros());
    }

    protected override void Kernel(CpuBackend backend) => backend.CrossEntropy(_logits, _labels, _weights, _loss, _logSumExp);

    [Benchmark]
    public void Gradient() => Vector.CrossEntropyBackward(_logits, _labels, _weights, _logSumExp, _loss, Overwrite(_gradient));
}
