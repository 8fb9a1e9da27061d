// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Inspect;

/// <summary>What the program wrote, by name.</summary>
internal sealed class DumpFile(string path) : IDisposable
{
    private readonly ITensorFile _file = TensorFiles.Open(path);

    public IReadOnlyList<TensorInfo> Tensors => _file.Tensors;

    public string Shape(string name) => Info(name).ShapeText;

    public ElementType Type(string name) => Info(name).Type;

    public double[] Doubles(string name)
    {
        var values = new double[Info(name).ElementCount];
        _file.ReadDoubles(name, values);
        return values;
    }

    public void Dispose() => _file.Dispose();

    private TensorInfo Info(string name) => _file.TryGet(name, out TensorInfo? info)
        ? info
        : throw new KeyNotFoundException($"{name} is not among {string.Join(", ", _file.Tensors.Select(tensor => tensor.Name))}");
}
