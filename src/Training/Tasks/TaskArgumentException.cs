// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What was asked for cannot be had: no such task, no such file, a set the task does not have (exit code 2).
/// The message is one line.</summary>
public sealed class TaskArgumentException : Exception
{
    /// <summary>A mistake in what was asked for.</summary>
    public TaskArgumentException(string message)
        : base(message)
    {
    }

    /// <summary>A mistake in what was asked for, with its cause.</summary>
    public TaskArgumentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A mistake without a message; the others are better.</summary>
    public TaskArgumentException()
    {
    }
}
