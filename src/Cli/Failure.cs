// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The one place where an exception becomes an exit code and one line on standard error.</summary>
internal static class Failure
{
    /// <summary>Set to 1 it shows the stack trace too.</summary>
    private const string DebugVariable = "BERTMANAGED_DEBUG";

    /// <summary>Says what went wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception, TextWriter error)
    {
        int code = CodeOf(exception);
        string message = exception is OutOfMemoryException
            ? "there is not enough memory; a smaller batch, shorter sequences or a smaller model need less"
            : IsExpected(exception) ? exception.Message
            : $"{exception.GetType().Name}: {exception.Message} (set {DebugVariable}=1 for details)";
        error.WriteLine($"bert: {OneLine(message)}");
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            error.WriteLine(exception);
        }

        return code;
    }

    private static int CodeOf(Exception exception) => exception switch
    {
        OptionsException or TaskArgumentException or ConfigException => ExitCode.Arguments,
        TensorFileException { Fault: TensorFileFault.Path } or TFRecordException { Fault: TensorFileFault.Path } => ExitCode.Arguments,
        TensorFileException or TFRecordException => ExitCode.Data,
        MissingWeightException or UntiedWeightException or VocabularyException or TaskDataException => ExitCode.Data,
        InputFileException or TextDataException => ExitCode.Data,
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => ExitCode.Arguments,
        IOException
        {
            InnerException: FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or PathTooLongException,
        } => ExitCode.Arguments,
        OperationCanceledException => ExitCode.Interrupted,
        _ => ExitCode.Failure,
    };

    private static bool IsExpected(Exception exception) =>
        CodeOf(exception) != ExitCode.Failure || exception is IOException or TrainingDivergedException;

    private static string OneLine(string text) =>
        string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
