// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>A model that is looked into: its weights on a backend, and what its files say.</summary>
internal sealed class InspectedModel : IDisposable
{
    private readonly ITensorFile _file;
    private readonly CheckpointWeights _weights;

    /// <param name="location">What the user named.</param>
    /// <param name="configFile">The config; null for the one beside the weights.</param>
    /// <param name="gelu">Form of "gelu"; null for what the config means by it.</param>
    public InspectedModel(string location, string? configFile, GeluForm? gelu)
    {
        Files = new ModelFiles(location);
        _file = ModelWeights.Open(Files);
        try
        {
            _weights = new CheckpointWeights(_file);
            BertConfig config = configFile is null ? Files.ReadConfig() : ModelFiles.ReadConfig(configFile);
            Config = gelu is { } form ? config.WithGelu(form) : config;
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public ModelFiles Files { get; }

    public BertConfig Config { get; }

    /// <summary>Outputs of the classification head; null if the checkpoint has none.</summary>
    public int? HeadOutputs => checked((int?)ClassificationHead.Outputs(_weights));

    /// <summary>Hands out the weights on a backend.</summary>
    public ParameterSource Source(IBackend backend) => new(backend, _weights, seed: 0, Config.InitializerRange);

    /// <summary>Refuses to go on with weights that were made up.</summary>
    /// <param name="needed">Names of the parameters that take part.</param>
    /// <param name="source">Where they are from.</param>
    /// <param name="task">What they are needed for.</param>
    /// <exception cref="MissingWeightException">The checkpoint lacks one.</exception>
    public void RequireStored(IEnumerable<string> needed, ParameterSource source, string task)
    {
        string[] missing = [.. needed.Intersect(source.Initialised)];
        if (missing.Length > 0)
        {
            throw new MissingWeightException(
                $"{_file.Path}: {task} needs {string.Join(", ", missing)}, which the checkpoint does not have");
        }
    }

    public void Dispose() => _file.Dispose();
}
