// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Arguments or configuration that cannot work: the command line's exit code 2.</summary>
/// <param name="message">What was expected, what was found, what to do.</param>
/// <param name="cause">What showed it, if something did.</param>
public sealed class OptionsException(string message, Exception? cause = null) : ArgumentException(message, cause);
