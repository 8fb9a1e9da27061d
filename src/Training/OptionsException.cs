// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Arguments or configuration that cannot work: the command line's exit code 2.</summary>
/// <param name="message">What was expected, what was found, what to do.</param>
public sealed class OptionsException(string message) : ArgumentException(message);
