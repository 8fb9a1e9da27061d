// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;

namespace BertManaged.Formats;

/// <summary>A file of tensors cannot be opened or read. The message is one line for the person whose file it is:
/// the file, what was expected, what was found, where, and what to do.</summary>
public sealed class TensorFileException : IOException
{
    private const int LongestMessage = 2000;

    /// <summary>Creates the exception; its message is <c>path: problem</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What was expected, what was found, where, what to do. Control characters
    /// (a broken file may have them in its names) are written as escapes.</param>
    /// <param name="fault">Whether the path or the bytes are to blame.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public TensorFileException(
        string path, string problem, TensorFileFault fault = TensorFileFault.Content, Exception? inner = null)
        : base(OneLine($"{path}: {problem}"), inner)
    {
        File = path;
        Fault = fault;
    }

    /// <summary>The file that is at fault.</summary>
    public string File { get; }

    /// <summary>Whether the path or the bytes are to blame.</summary>
    public TensorFileFault Fault { get; }

    private static string OneLine(string message)
    {
        var line = new StringBuilder();
        foreach (char c in message.AsSpan(0, Math.Min(message.Length, LongestMessage)))
        {
            bool printable = !char.IsControl(c) && c is not ('\u2028' or '\u2029');
            line.Append(printable ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }

        return message.Length <= LongestMessage ? line.ToString() : line.Append('…').ToString();
    }
}
