// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model;

/// <summary>A checkpoint lacks a weight that a model cannot do without.</summary>
/// <param name="message">Names the file, the weight and where it was looked for.</param>
public sealed class MissingWeightException(string message) : IOException(message);
