// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Draws pairs of texts from documents.</summary>
/// <remarks>create_instances_from_document and truncate_seq_pair of create_pretraining_data.py (google-research/bert, eedf571), with its
/// draws in its order. Pairs are drawn as they are asked for, because what is drawn for a pair later (its masks) comes from the same
/// stream.</remarks>
/// <param name="documents">All documents, in the order in which a random one is looked up.</param>
/// <param name="options">Lengths and probabilities.</param>
/// <param name="random">The stream.</param>
internal sealed class PairDrawing(Document[] documents, PretrainDataOptions options, PythonRandom random)
{
    private const int TriesForAnotherDocument = 10;

    private readonly int _maxTokens = options.MaxSeqLength - SegmentPair.SpecialTokens;

    /// <summary>The pairs that begin in a document, one after another.</summary>
    public IEnumerable<SegmentPair> PairsOf(int documentIndex)
    {
        Document document = documents[documentIndex];

        // Some examples are made shorter, so that fine-tuning on short texts is nothing new to the model.
        int targetTokens = random.NextFraction() < options.ShortSeqProb ? random.NextBetween(2, _maxTokens) : _maxTokens;
        for (int first = 0; first < document.SentenceCount;)
        {
            int end = EndOfChunk(document, first, targetTokens);
            int endOfA = first + (end - first >= 2 ? random.NextBetween(1, end - first - 1) : 1);
            TokenRange a = Range(documentIndex, first, endOfA);
            bool isRandomNext = end - first == 1 || random.NextIsBelowHalf();
            TokenRange b = isRandomNext ? RandomText(documentIndex, targetTokens - a.Length) : Range(documentIndex, endOfA, end);
            yield return Truncated(new SegmentPair(a, b, isRandomNext));

            // What a random text took the place of is used again.
            first = isRandomNext ? endOfA : end;
        }
    }

    // As many sentences as it takes to have enough tokens, or the rest of the document.
    private static int EndOfChunk(Document document, int first, int targetTokens)
    {
        ReadOnlySpan<int> starts = document.SentenceStarts;
        int end = first + 1;
        while (end < document.SentenceCount && starts[end] - starts[first] < targetTokens)
        {
            end++;
        }

        return end;
    }

    private TokenRange RandomText(int exceptDocument, int targetTokens)
    {
        int other = exceptDocument;
        for (int i = 0; i < TriesForAnotherDocument && documents[other].Number == documents[exceptDocument].Number; i++)
        {
            other = random.NextBelow(documents.Length);
        }

        int first = random.NextBelow(documents[other].SentenceCount);
        return Range(other, first, EndOfChunk(documents[other], first, targetTokens));
    }

    private TokenRange Range(int document, int firstSentence, int endSentence)
    {
        (int start, int length) = documents[document].Sentences(firstSentence, endSentence);
        return new TokenRange(document, start, length);
    }

    // Takes tokens from the longer text, at either end by chance.
    private SegmentPair Truncated(in SegmentPair pair)
    {
        int lengthA = pair.A.Length, lengthB = pair.B.Length, frontA = 0, frontB = 0;
        while (lengthA + lengthB > _maxTokens)
        {
            int front = random.NextIsBelowHalf() ? 1 : 0;
            if (lengthA > lengthB)
            {
                frontA += front;
                lengthA--;
            }
            else
            {
                frontB += front;
                lengthB--;
            }
        }

        return pair with
        {
            A = pair.A with { Start = pair.A.Start + frontA, Length = lengthA },
            B = pair.B with { Start = pair.B.Start + frontB, Length = lengthB },
        };
    }
}
