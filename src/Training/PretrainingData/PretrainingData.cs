// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training;

internal sealed class PretrainingData
{
    internal static Document[] Read(IReadOnlyList<string> files, BertTokenizer tokenizer, int jobs, CancellationToken cancellation)
    {
        List<Document> documents = [];
        DocumentBuilder builder = new(documents.Add);
        new OrderedWork<TextChunk, TokenizedChunk>(
            TextChunk.Of(files),
            chunk =>
            {
                cancellation.ThrowIfCancellationRequested();
                return new TokenizedChunk(chunk, tokenizer);
            },
            builder.Add).Run(jobs);
        builder.Finish();
        return [.. documents];
    }
}
