// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The content of a text is not what it should be: the command line's exit code 3.</summary>
/// <param name="message">File and place, what was expected, what was found, what to do.</param>
public sealed class TextDataException(string message) : FormatException(message);
