// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Rows of the word table of uncased BERT.</summary>
public class GatherBench : RowsBench
{
    private const int Words = 30522;

    private IndexTensor _ids = null!;
    private Tensor _table = null!;

    protected override void Prepare()
    {
        base.Prepare();
        var random = new Random(1);
        _ids = new IndexTensor([.. Enumerable.Range(0, Rows).Select(_ => random.Next(Words))]);
        _table = Random(Words, Columns);
    }

    protected override void Kernel(CpuBackend backend) => backend.Gather(_table, _ids, Y);

    [Benchmark]
    public void Gradient() => Vector.GatherBackward(_ids, X, stale: null, AddTo(_table));
}
