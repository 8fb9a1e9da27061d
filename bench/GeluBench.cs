// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>GELU of a feed-forward layer of BERT.</summary>
public class GeluBench : KernelBench
{
    private Tensor _x = null!, _y = null!;

    /// <summary>Rows of 4 H of MiniLM-L12 and BERT-base.</summary>
    [Params(1536, 3072)]
    public int Columns { get; set; }

    [Params(GeluForm.Erf, GeluForm.Tanh)]
    public GeluForm Form { get; set; }

    protected override void Prepare() => (_x, _y) = (Random(256, Columns), Zeros(256, Columns));

    protected override void Kernel(CpuBackend backend) => backend.Gelu(_x, Form, _y);

    [Benchmark]
    public void Gradient() => Vector.GeluBackward(_x, Form, _x, Overwrite(_y));
}
