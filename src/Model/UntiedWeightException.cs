// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model;

/// <summary>A checkpoint has two tensors where the model has one parameter, and they differ.</summary>
/// <param name="message">Names the file and both.</param>
public sealed class UntiedWeightException(string message) : IOException(message);
