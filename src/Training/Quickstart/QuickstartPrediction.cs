// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What the model says of one passage.</summary>
/// <param name="Text">The passage.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Predicted">Who the model says wrote it.</param>
/// <param name="Probabilities">Of each author, in the order of the classes.</param>
public sealed record QuickstartPrediction(
    string Text, string Author, string Predicted, IReadOnlyList<KeyValuePair<string, double>> Probabilities);
