// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>What a checkpoint is made of.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Backend">Where weights and moments are.</param>
/// <param name="Parameters">All of the model's, those that are not trained too.</param>
/// <param name="Optimizer">With the moments of those that are.</param>
/// <param name="Description">Names and contents of the files that make the weights a model: config.json, vocab.txt and the like.</param>
public sealed record CheckpointContent(
    long Step, IBackend Backend, IReadOnlyList<Parameter> Parameters, Optimizer Optimizer,
    IReadOnlyList<(string Name, Action<Stream> Write)> Description)
{
    /// <summary>What the first moment is called in files, as in Google's.</summary>
    internal const string FirstMoment = "adam_m";

    /// <summary>What the second moment is called in files.</summary>
    internal const string SecondMoment = "adam_v";
}
