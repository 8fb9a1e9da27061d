// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>The part of a document that a program writes: what is between two comments.</summary>
internal static class ReadmeTable
{
    private const string Begin = "<!-- peers: begin -->", End = "<!-- peers: end -->";

    /// <summary>Puts a text between the comments.</summary>
    /// <exception cref="InvalidOperationException">The document lacks them.</exception>
    public static void Replace(string file, string text)
    {
        string document = File.ReadAllText(file);
        int begin = document.IndexOf(Begin, StringComparison.Ordinal), end = document.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{file}: expected {Begin} and {End} around the table, found no such pair");
        }

        File.WriteAllText(file, $"{document[..(begin + Begin.Length)]}\n{text}{document[end..]}");
    }
}
