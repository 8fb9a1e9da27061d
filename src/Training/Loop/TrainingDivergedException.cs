// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The loss is no number any more: to go on would only spoil the weights further.</summary>
/// <param name="message">Step, and what to try.</param>
public sealed class TrainingDivergedException(string message) : InvalidOperationException(message);
