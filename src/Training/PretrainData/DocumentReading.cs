// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>Reads text files into documents.</summary>
internal static class DocumentReading
{
    /// <summary>Reads and tokenizes files, one after another. A document goes on over the end of a file.</summary>
    /// <param name="files">Paths.</param>
    /// <param name="tokenizer">Makes word pieces.</param>
    /// <param name="jobs">Threads that tokenize.</param>
    /// <param name="longestDocument">Where <see cref="DocumentBuilder"/> cuts a document.</param>
    /// <param name="add">Given each document that is not empty, in order.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="TextDataException">A file is not UTF-8.</exception>
    /// <exception cref="VocabularyException">A word is unknown, and the vocabulary has no [UNK].</exception>
    /// <exception cref="OptionsException">A file cannot be read.</exception>
    public static void Read(
        IReadOnlyList<string> files, BertTokenizer tokenizer, int jobs, int longestDocument, Action<Document> add,
        CancellationToken cancellation)
    {
        DocumentBuilder builder = new(add, longestDocument);
        new OrderedWork<TextChunk, TokenizedChunk>(TextChunk.Of(files), Tokenize, builder.Add).Run(jobs);
        builder.Finish();

        TokenizedChunk Tokenize(TextChunk chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            return new TokenizedChunk(chunk, tokenizer);
        }
    }
}
