// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

/// <summary>A vocabulary file cannot be read as one, or lacks a token that is needed. The message names the file.</summary>
public sealed class VocabularyException : FormatException
{
    /// <summary>Creates the exception without a message.</summary>
    public VocabularyException()
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    public VocabularyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public VocabularyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
