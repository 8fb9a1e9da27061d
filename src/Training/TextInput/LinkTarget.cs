// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Which file a path means: two paths may mean one, and an output must not be an input.</summary>
internal static class LinkTarget
{
    /// <summary>The full path, where links lead to in the end.</summary>
    public static string Of(string path) =>
        File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : Path.GetFullPath(path);
}
