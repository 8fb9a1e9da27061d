// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Testing;

/// <summary>Arrays of a safetensors file of the shared folder, by name.</summary>
public sealed class GoldenTensors : IDisposable
{
    private readonly ITensorFile _file;

    private GoldenTensors(ITensorFile file) => _file = file;

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _file.Tensors.Select(t => t.Name);

    /// <summary>Opens a file, or skips the test where the shared folder is absent.</summary>
    public static GoldenTensors Open(string relative) => new(TensorFiles.Open(SharedFolder.Path(relative)));

    public bool Has(string name) => _file.TryGet(name, out _);

    public int[] Shape(string name) => _file.TryGet(name, out TensorInfo? info)
        ? [.. info.Shape.Select(length => (int)length)]
        : throw new KeyNotFoundException($"{_file.Path} has no {name}");

    public double[] Doubles(string name)
    {
        var values = new double[Shape(name).Aggregate(1, (a, b) => a * b)];
        _file.ReadDoubles(name, values);
        return values;
    }

    public int[] Ints(string name) => Array.ConvertAll(Doubles(name), v => (int)v);

    /// <summary>The rows of an integer matrix, each cut to its length if lengths are given.</summary>
    public int[][] IntRows(string name, int[]? lengths = null) =>
        [.. Ints(name).Chunk(Shape(name)[1]).Select((row, i) => lengths is null ? row : row[..lengths[i]])];

    public void Dispose() => _file.Dispose();
}
