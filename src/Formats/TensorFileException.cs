// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A file of tensors cannot be opened or read. The message is one line for the person whose file it is:
/// the file, what was expected, what was found, where, and what to do.</summary>
public sealed class TensorFileException : IOException
{
    /// <summary>Creates the exception; its message is <c>path: problem</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What was expected, what was found, where, what to do. Control characters
    /// (a broken file may have them in its names) are written as escapes.</param>
    /// <param name="fault">Whether the path or the bytes are to blame.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public TensorFileException(
        string path, string problem, TensorFileFault fault = TensorFileFault.Content, Exception? inner = null)
        : base(ErrorLine.Of($"{path}: {problem}"), inner)
    {
        File = path;
        Fault = fault;
    }

    /// <summary>The file that is at fault.</summary>
    public string File { get; }

    /// <summary>Whether the path or the bytes are to blame.</summary>
    public TensorFileFault Fault { get; }
}
