// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Unicode;
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>Opens the files of a task.</summary>
internal static class TaskFile
{
    /// <summary>The content of a file.</summary>
    /// <exception cref="TaskArgumentException">The file or its folder does not exist, or it cannot be read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        if (!Path.Exists(path))
        {
            throw Missing(path, Path.GetFileName(path));
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new TaskArgumentException($"{path}: the file cannot be read ({SystemReason.Of(e, path)})", e);
        }
    }

    /// <summary>The whole content of a file as text, without a byte order mark.</summary>
    /// <exception cref="TaskArgumentException">There is no such file.</exception>
    /// <exception cref="TaskDataException">It is not UTF-8.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes = ReadAllBytes(path);
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') : throw Utf8Lines.Invalid(path, bytes);
    }

    /// <summary>The error for a file that is not there; it says what is there instead.</summary>
    /// <param name="path">A path in the folder where the file was looked for.</param>
    /// <param name="expected">The name or names that would have done.</param>
    public static TaskArgumentException Missing(string path, string expected)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (!Directory.Exists(folder))
        {
            return new TaskArgumentException($"Expected {expected} in {folder}, but there is no such folder; set --data_dir.");
        }

        string[] found = [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal)];
        string there = found.Length == 0 ? "is empty" : $"holds {Quote.List(found)}";
        return new TaskArgumentException($"Expected {expected} in {folder}, but the folder {there}; set --data_dir.");
    }
}
