// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>Looks tokens up in the documents that they come from.</summary>
internal sealed class SourceText(IReadOnlyList<Document> documents)
{
    /// <summary>The documents that have some tokens side by side, with the places behind them: the first and the last of each.</summary>
    public IEnumerable<(int Document, int FirstEnd, int LastEnd)> Find(int[] ids)
    {
        for (int document = 0; document < documents.Count; document++)
        {
            int first = documents[document].Ids.IndexOf(ids);
            if (first >= 0)
            {
                yield return (document, first + ids.Length, documents[document].Ids.LastIndexOf(ids) + ids.Length);
            }
        }
    }

    /// <summary>Whether some tokens come behind others in one of the documents.</summary>
    public bool Follows(int[] first, int[] second) => Find(first).Any(one =>
        Find(second).Any(other => other.Document == one.Document && other.LastEnd - second.Length >= one.FirstEnd));
}
