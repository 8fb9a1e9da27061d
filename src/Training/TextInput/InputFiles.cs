// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.RegularExpressions;

namespace BertManaged.Training;

/// <summary>The files that a comma-separated list of names and patterns stands for.</summary>
/// <remarks>As FLAGS.input_file of Google's programs: <c>*</c>, <c>?</c> and <c>[a-z]</c> in the names of files and folders, a file
/// that is named twice is read twice. Unlike there, the files of a pattern come in ordinal order of their paths (there it is the
/// order of the folder on the disk), a pattern that matches nothing is an error, and names that begin with a dot are matched by
/// patterns that do so too.</remarks>
public static class InputFiles
{
    /// <summary>Expands a list.</summary>
    /// <param name="list">Names and patterns, separated by commas.</param>
    /// <param name="flag">Where the user gave it, with dashes, for messages.</param>
    /// <returns>Paths of files: in the order of the list, within a pattern in ordinal order.</returns>
    /// <exception cref="OptionsException">A name or a pattern stands for no file.</exception>
    public static IReadOnlyList<string> Expand(string list, string flag) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries).SelectMany(pattern => ExpandOne(pattern, flag))];

    private static IReadOnlyList<string> ExpandOne(string pattern, string flag)
    {
        if (File.Exists(pattern))
        {
            return [pattern];
        }

        if (Directory.Exists(pattern))
        {
            throw new OptionsException($"{flag}: {pattern} is a folder; name its files, for example {Path.Combine(pattern, "*.txt")}");
        }

        string root = Path.GetPathRoot(pattern) ?? "";
        string[] names = pattern[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        string[] found = [.. Matches(root, names).Where(File.Exists).Order(StringComparer.Ordinal)];
        return found.Length > 0
            ? found
            : throw new OptionsException(pattern.AsSpan().ContainsAny('*', '?', '[')
                ? $"{flag}: no file matches {pattern} (looked in {Directory.GetCurrentDirectory()})"
                : $"{flag}: there is no file '{pattern}' (looked in {Directory.GetCurrentDirectory()})");
    }

    private static char[] Separators { get; } = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>All paths below a folder whose names match one after the other.</summary>
    private static IEnumerable<string> Matches(string folder, ReadOnlyMemory<string> names)
    {
        if (names.IsEmpty)
        {
            return [folder];
        }

        string name = names.Span[0];
        if (!name.AsSpan().ContainsAny('*', '?', '['))
        {
            string path = Path.Combine(folder, name);
            return Path.Exists(path) ? Matches(path, names[1..]) : [];
        }

        if (folder.Length > 0 && !Directory.Exists(folder))
        {
            return [];
        }

        Regex regex = RegexOf(name);
        return Directory.EnumerateFileSystemEntries(folder.Length > 0 ? folder : ".").Select(entry => Path.GetFileName(entry))
            .Where(entry => regex.IsMatch(entry) && (entry[0] != '.' || name[0] == '.'))
            .SelectMany(entry => Matches(Path.Combine(folder, entry), names[1..]));
    }

    private static Regex RegexOf(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (int i = 0; i < pattern.Length; i++)
        {
            int close = pattern[i] == '[' && i + 2 < pattern.Length ? pattern.IndexOf(']', i + 2) : -1;
            regex.Append(pattern[i] switch
            {
                '*' => ".*",
                '?' => ".",
                '[' when close > 0 => CharacterClass(pattern[(i + 1)..close]),
                char other => Regex.Escape(other.ToString()),
            });
            i = close > 0 ? close : i;
        }

        try
        {
            return new Regex(regex.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (RegexParseException)
        {
            // A range that runs backwards matches nothing, as in the shell.
            return new Regex("(?!)");
        }
    }

    private static string CharacterClass(string content)
    {
        bool isNegated = content[0] is '!' or '^';
        string escaped = (isNegated ? content[1..] : content).Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal).Replace("]", @"\]", StringComparison.Ordinal)
            .Replace("^", @"\^", StringComparison.Ordinal);
        return isNegated ? $"[^{escaped}]" : $"[{escaped}]";
    }
}
