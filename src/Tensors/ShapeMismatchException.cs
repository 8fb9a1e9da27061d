// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>An argument of an op has a shape that does not fit the others.</summary>
/// <param name="message">Op, argument, expected and actual shape.</param>
public sealed class ShapeMismatchException(string message) : ArgumentException(message);
