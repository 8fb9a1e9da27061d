// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>Arguments or configuration that cannot work: the command line's exit code 2.</summary>
/// <param name="message">What was expected, what was found, what to do.</param>
/// <param name="cause">What showed it, if something did.</param>
public sealed class OptionsException(string message, Exception? cause = null) : ArgumentException(message, cause)
{
    /// <summary>A file that the user named cannot be opened or read: the one sentence of all verbs.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="cause">What the system threw, see <see cref="SystemReason.Is"/>.</param>
    /// <param name="what">What it should be.</param>
    public static OptionsException Unreadable(string path, Exception cause, string what = "the file") =>
        new($"{path}: {what} cannot be read ({SystemReason.Of(cause, path)})", cause);
}
