// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Attention over packed sequences on all cores, with and without dropout.</summary>
public class AttentionBench() : KernelBench(threads: 0)
{
    private SequenceLayout _layout = null!;
    private DropoutMask? _mask;
    private int _heads;
    private Tensor _query = null!, _key = null!, _value = null!, _context = null!, _probs = null!;
    private Tensor _dQuery = null!, _dKey = null!, _dValue = null!;

    /// <summary>Sequences × rows × heads × head size: MRPC in MiniLM, long sequences in BERT-base, one sentence.</summary>
    [Params("32x53x12x32", "8x384x12x64", "1x12x12x32")]
    public string Shape { get; set; } = "";

    [Params(0.0, 0.1)]
    public double Dropout { get; set; }

    protected override void Prepare()
    {
        int[] lengths = [.. Shape.Split('x').Select(int.Parse)];
        _heads = lengths[2];
        _layout = new SequenceLayout([.. Enumerable.Repeat(lengths[1], lengths[0])]);
        _mask = Dropout > 0 ? new DropoutMask(Dropout, 1, 2, 3) : null;
        Tensor[] tensors = [.. Enumerable.Range(0, 7).Select(_ => Random(_layout.TotalRows, _heads * lengths[3]))];
        (_query, _key, _value, _context, _dQuery, _dKey, _dValue) =
            (tensors[0], tensors[1], tensors[2], tensors[3], tensors[4], tensors[5], tensors[6]);
        _probs = Zeros((int)_layout.ProbabilityStart(_layout.Count, _heads));
    }

    protected override void Kernel(CpuBackend backend) =>
        backend.Attention(_query, _key, _value, _layout, _heads, 0.125, _mask, _context, _probs);

    [Benchmark]
    public void Gradients() => Vector.AttentionBackward(
        _query, _key, _value, _layout, _heads, 0.125, _mask, _probs, _context, Overwrite(_dQuery), Overwrite(_dKey), Overwrite(_dValue));
}
