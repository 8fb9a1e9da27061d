// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>A small model from scratch on made-up files: what runs need that is not about numbers.</summary>
internal static class SmallModel
{
    public const int Labels = 3;

    /// <summary>The config of the runs, as Google writes it.</summary>
    public static string Config(int vocabSize) =>
        $$"""
        {"vocab_size": {{vocabSize}}, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 40,
         "max_position_embeddings": 64, "type_vocab_size": 2, "hidden_act": "gelu"}
        """;

    private static string Filler(int count) => string.Concat(Enumerable.Repeat(" a", count));

    /// <summary>Writes config, vocabulary and a task of three labels into a folder; gives options that train on it.</summary>
    public static ClassifyOptions Write(TemporaryFolder folder, int examples = 60)
    {
        string[] words = ["red", "green", "blue", "the", "a", "is", "sky", "leaf", "rose", "sea"];
        string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words];
        File.WriteAllLines(folder.File("vocab.txt"), vocabulary);
        File.WriteAllText(folder.File("bert_config.json"), Config(vocabulary.Length));
        var random = new Random(5);
        foreach (string set in (string[])["train", "dev", "test"])
        {
            IEnumerable<string> rows = Enumerable.Range(0, examples).Select(i =>
                $"{words[i % Labels]},the {words[3 + random.Next(7)]} is {words[i % Labels]}{Filler(random.Next(9))}");
            File.WriteAllLines(folder.File($"{set}.csv"), rows.Prepend("label,text"));
        }

        return new ClassifyOptions
        {
            TaskName = "csv",
            DataDir = folder.Path,
            OutputDir = folder.File("out"),
            VocabFile = folder.File("vocab.txt"),
            BertConfigFile = folder.File("bert_config.json"),
            MaxSeqLength = 32,
            TrainBatchSize = 7,
            NumTrainEpochs = 2,
            LearningRate = 1e-3,
            DoTrain = true,
        };
    }
}
