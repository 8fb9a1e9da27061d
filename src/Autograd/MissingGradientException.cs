// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

/// <summary>Backward ended and a parameter has no gradient: the graph is cut somewhere.</summary>
/// <param name="message">Names the parameters.</param>
public sealed class MissingGradientException(string message) : InvalidOperationException(message);
