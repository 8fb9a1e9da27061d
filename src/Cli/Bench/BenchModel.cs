// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>The model that is measured: a published size with random weights, or a checkpoint.</summary>
internal sealed class BenchModel : IDisposable
{
    private const double Dropout = 0.1;

    /// <summary>Of a head that the checkpoint does not bring along.</summary>
    private const int DefaultClasses = 2;

    private readonly InspectedModel? _stored;

    /// <summary>A published size.</summary>
    public BenchModel(NamedConfig named) => (Name, Config) = (named.Name, named.Config.WithDropout(Dropout));

    /// <summary>A checkpoint.</summary>
    /// <param name="location">Folder, prefix or file, as the user named it.</param>
    public BenchModel(string location)
    {
        _stored = new InspectedModel(location, configFile: null, gelu: null);
        (Name, Config) = (location, _stored.Config.WithDropout(Dropout));
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    public BertConfig Config { get; }

    /// <summary>Outputs of the classification head, C.</summary>
    public int Classes => _stored?.HeadOutputs ?? DefaultClasses;

    /// <summary>Hands out the weights on a backend: stored ones where there are some, else random ones.</summary>
    public ParameterSource Source(IBackend backend)
    {
        double range = Config.InitializerRange;
        return _stored?.Source(backend) ?? new ParameterSource(backend, new RandomWeights(range), seed: 0, range);
    }

    public void Dispose() => _stored?.Dispose();
}
