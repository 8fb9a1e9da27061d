// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>A kernel over 1024 rows.</summary>
public abstract class RowsBench : KernelBench
{
    protected const int Rows = 1024;

    /// <summary>H of MiniLM-L12 and BERT-base.</summary>
    [Params(384, 768)]
    public int Columns { get; set; }

    /// <summary>[R, H], random.</summary>
    protected Tensor X { get; private set; } = null!;

    /// <summary>[R, H], to be written.</summary>
    protected Tensor Y { get; private set; } = null!;

    protected override void Prepare() => (X, Y) = (Random(Rows, Columns), Zeros(Rows, Columns));
}
