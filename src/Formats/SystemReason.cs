// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Why the system refused to open, read or write a file, in the same words everywhere and without a path: the message that it
/// goes into names the file as the user did, where the system's own may name a temporary one.</summary>
public static class SystemReason
{
    private const char Quote = '\'';

    /// <summary>Whether an exception is the system's word on a file.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>The reason where a file was wanted: a folder of its name is one, which the system calls a lack of permission.</summary>
    /// <param name="e">What the system threw.</param>
    /// <param name="path">The file.</param>
    public static string Of(Exception e, string path) => Directory.Exists(path) ? "it is a folder; name a file" : Of(e);

    /// <summary>The reason where a folder was wanted, or the path is not known.</summary>
    /// <param name="e">What the system threw.</param>
    public static string Of(Exception e) => e switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "no permission",
        PathTooLongException => "its name is too long",
        ArgumentOutOfRangeException => "files may not be that large there",
        _ => WithoutPath(e.Message),
    };

    /// <summary>"No space left on device : '/a/b'" to "No space left on device".</summary>
    private static string WithoutPath(string message)
    {
        int first = message.IndexOf(Quote, StringComparison.Ordinal), last = message.LastIndexOf(Quote);
        return first >= last ? message : $"{message[..first].TrimEnd(' ', ':')}{message[(last + 1)..]}".TrimEnd('.');
    }
}
