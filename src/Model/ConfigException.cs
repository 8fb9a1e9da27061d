// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model;

/// <summary>A model configuration that cannot be used.</summary>
/// <param name="message">What was expected, what was found, where.</param>
public sealed class ConfigException(string message) : FormatException(message);
