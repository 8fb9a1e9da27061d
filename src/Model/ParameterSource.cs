// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>Hands out parameters by path: from a checkpoint where it has them, else with their first values.</summary>
/// <remarks>The first value of a weight depends on nothing but seed and name.</remarks>
public sealed class ParameterSource
{
    private readonly Shared _shared;
    private readonly string _path;

    /// <summary>A source of all parameters of one model.</summary>
    /// <param name="backend">Where they will live.</param>
    /// <param name="weights">Trained values; null to start from scratch.</param>
    /// <param name="seed">Of the first values.</param>
    /// <param name="initializerRange">Deviation of the truncated normal distribution of weights.</param>
    public ParameterSource(IBackend backend, IWeightSource? weights, ulong seed, double initializerRange)
        : this(new Shared(backend, weights, seed, initializerRange), "")
    {
    }

    private ParameterSource(Shared shared, string path) => (_shared, _path) = (shared, path);

    /// <summary>Every parameter handed out so far, in order.</summary>
    public IReadOnlyList<Parameter> Parameters => _shared.Parameters;

    /// <summary>Those that the checkpoint did not have.</summary>
    public IReadOnlyList<string> Initialised => _shared.Initialised;

    /// <summary>The source of a part of the model.</summary>
    /// <param name="part">Its path, for example <c>attention.self</c>.</param>
    public ParameterSource At(string part) => new(_shared, Join(part));

    /// <summary>The path of this source.</summary>
    public string Path => _path;

    /// <summary>A weight: trained, or drawn from the truncated normal distribution.</summary>
    public Parameter Weight(string name, Shape shape, bool hasSlicedGradient = false) =>
        Get(name, shape, NormalValues, hasSlicedGradient);

    /// <summary>A bias, or the shift of a LayerNorm: trained, or 0.</summary>
    public Parameter Zeros(string name, Shape shape) => Get(name, shape, (_, _) => 0);

    /// <summary>The scale of a LayerNorm: trained, or 1.</summary>
    public Parameter Ones(string name, Shape shape) => Get(name, shape, (_, _) => 1);

    /// <summary>Makes sure that a parameter may be used where a checkpoint can have a tensor of another name.</summary>
    /// <param name="name">Of the tensor, which need not be there.</param>
    /// <param name="parameter">What is used in its place.</param>
    /// <exception cref="UntiedWeightException">It is there, and is something else.</exception>
    public void RequireTied(string name, Parameter parameter)
    {
        string fullName = Join(name);
        if (_shared.Weights is { } weights && weights.Contains(fullName) && Stored(parameter.Name) is { } stored
            && !weights.AreSame(fullName, stored.Name))
        {
            throw new UntiedWeightException(
                $"{weights.Name}: {fullName} differs from {stored.Name}, but they are one here, as in the paper; a model trained with "
                + "tie_word_embeddings=false cannot be used");
        }
    }

    private double NormalValues(RandomNumbers random, int index) => _shared.InitializerRange * random.TruncatedNormal();

    private Parameter Get(string name, Shape shape, Func<RandomNumbers, int, double> first, bool hasSlicedGradient = false)
    {
        string fullName = Join(name);
        Tensor value = _shared.Backend.Allocate(shape, Lifetime.Persistent);
        if (Stored(fullName) is { } stored)
        {
            _shared.Weights!.Read(stored, _shared.Backend, value);
        }
        else
        {
            Initialise(fullName, value, first);
        }

        var parameter = new Parameter(fullName, value) { HasSlicedGradient = hasSlicedGradient };
        _shared.Parameters.Add(parameter);
        return parameter;
    }

    private StoredName? Stored(string fullName)
    {
        foreach (StoredName candidate in WeightNames.Candidates(fullName))
        {
            if (_shared.Weights is not null && _shared.Weights.Contains(candidate.Name))
            {
                return candidate;
            }
        }

        return null;
    }

    private void Initialise(string fullName, Tensor value, Func<RandomNumbers, int, double> first)
    {
        // An encoder with a few random layers would train, badly and without a word: only heads and pooler may be new.
        bool mayBeNew = !fullName.StartsWith("bert.", StringComparison.Ordinal)
            || fullName.StartsWith("bert.pooler.", StringComparison.Ordinal);
        if (_shared.Weights is { } weights && !mayBeNew)
        {
            throw new MissingWeightException(
                $"{weights.Name}: {fullName} {value.Shape} is missing; "
                + $"looked for {string.Join(", ", WeightNames.Candidates(fullName).Select(c => c.Name))}");
        }

        var random = new RandomNumbers(_shared.Seed, StableHash(fullName));
        var values = new double[value.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = first(random, i);
        }

        _shared.Backend.CopyFromHost(values, value);
        _shared.Initialised.Add(fullName);
    }

    /// <summary>FNV-1a of a name: the same on every machine.</summary>
    private static uint StableHash(string name) => name.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);

    private string Join(string part) => _path.Length == 0 ? part : $"{_path}.{part}";

    private sealed record Shared(IBackend Backend, IWeightSource? Weights, ulong Seed, double InitializerRange)
    {
        public List<Parameter> Parameters { get; } = [];

        public List<string> Initialised { get; } = [];
    }
}
