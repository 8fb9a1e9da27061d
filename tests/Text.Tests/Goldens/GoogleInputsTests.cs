// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;

namespace BertManaged.Text.Tests.Goldens;

public class GoogleInputsTests
{
    private const int MaxSequenceLength = 40;

    [Theory]
    [InlineData("mrpc", "train", "mrpc/train.tsv", 3, 4)]
    [InlineData("mrpc", "eval", "mrpc/dev.tsv", 3, 4)]
    [InlineData("mrpc", "predict", "mrpc/test.tsv", 3, 4)]
    [InlineData("mnli", "train", "mnli/train.tsv", 8, 9)]
    [InlineData("mnli", "eval", "mnli/dev_matched.tsv", 8, 9)]
    [InlineData("mnli", "predict", "mnli/test_matched.tsv", 8, 9)]
    [InlineData("cola", "predict", "cola/test.tsv", 1, -1)]
    [InlineData("xnli", "train", "xnli/multinli/multinli.train.zh.tsv", 0, 1)]
    public void Encode_RowsOfATask_GivesWhatRunClassifierWrote(string task, string set, string file, int columnA, int columnB)
    {
        PairEncoder encoder = new(new BertTokenizer(LoadVocabulary()), MaxSequenceLength);
        string table = File.ReadAllText(SharedFolder.Path("goldens/google/classify/data/" + file));
        string[][] rows =
            [.. table.Replace("\r", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t'))];
        JsonElement[] expected = [.. GoldenFile.Rows($"goldens/google/classify/{task}/{set}.tf_record.jsonl.gz")];
        Assert.Equal(expected.Length, rows.Length);
        foreach ((string[] row, JsonElement record) in rows.Zip(expected))
        {
            SequenceEncoding encoding = encoder.Encode(row[columnA], columnB < 0 ? null : row[columnB]);
            Assert.Equal(record.Integers("input_ids"), Padded(encoding.InputIds));
            Assert.Equal(record.Integers("segment_ids"), Padded(encoding.TokenTypeIds));
            Assert.Equal(record.Integers("input_mask").Sum(), encoding.InputIds.Length);
        }
    }

    private static int[] Padded(int[] values) => [.. values, .. new int[MaxSequenceLength - values.Length]];

    private static Vocabulary LoadVocabulary()
    {
        string folder = SharedFolder.Path("goldens/google/checkpoint-tiny");
        using ZipArchive archive = ZipFile.OpenRead(Directory.GetFiles(folder, "*.zip", SearchOption.AllDirectories).Single());
        using Stream entry = archive.Entries.Single(candidate => candidate.Name == "vocab.txt").Open();
        using MemoryStream bytes = new();
        entry.CopyTo(bytes);
        return Vocabulary.Parse(bytes.ToArray(), "vocab.txt");
    }
}
