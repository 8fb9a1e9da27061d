// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>The content of a file that this program reads itself is not what it should be.</summary>
/// <param name="file">As the user named it.</param>
/// <param name="problem">Where in the file, what was expected, what was found.</param>
internal sealed class InputFileException(string file, string problem) : Exception($"{file}: {problem}");
