// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The content of a task's file is not what the task expects (exit code 3).
/// The message is one line: file, row, what was expected, what was found.</summary>
public sealed class TaskDataException : Exception
{
    /// <summary>An error somewhere in a file.</summary>
    public TaskDataException(string message)
        : base(message)
    {
    }

    /// <summary>An error somewhere in a file, with its cause.</summary>
    public TaskDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error without a message; the others are better.</summary>
    public TaskDataException()
    {
    }

    /// <summary>An error in one row.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="row">Line, from 1.</param>
    /// <param name="problem">What was expected and what was found.</param>
    internal static TaskDataException At(string file, int row, string problem) => new($"{file}, row {row}: {problem}");
}
