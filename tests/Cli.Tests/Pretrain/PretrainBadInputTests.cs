// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Pretrain;

/// <summary>Bad arguments and bad examples: the exit code, one last line on standard error, and no output folder.</summary>
public class PretrainBadInputTests
{
    [Theory]
    [InlineData("--do_train=false", "nothing to do: at least one of --do_train and --do_eval")]
    [InlineData("--learning_rate=0", "--learning_rate must be above 0")]
    [InlineData("--train_batch_size=0", "--train_batch_size must be at least 1, but is 0")]
    [InlineData("--eval_batch_size=0", "--eval_batch_size must be at least 1, but is 0")]
    [InlineData("--eval_batch_size=2000000000", "--eval_batch_size must be at most 65536")]
    [InlineData("--max_predictions_per_seq=2147483647", "--max_predictions_per_seq must be at most 65536")]
    [InlineData("--num_train_steps=0", "--num_train_steps must be at least 1")]
    [InlineData("--num_warmup_steps=-1", "--num_warmup_steps must be at least 0")]
    [InlineData("--max_eval_steps=0", "--max_eval_steps must be at least 1")]
    [InlineData("--gradient_accumulation_steps=7", "--gradient_accumulation_steps must be in [1, --train_batch_size 6]")]
    [InlineData("--clip-norm=tensorflow --gradient-accumulation-steps=2", "--clip_norm=tensorflow needs --gradient_accumulation_steps=1")]
    [InlineData("--max_seq_length=33", "--max_seq_length 33 is more than the 32 positions")]
    [InlineData("--max_seq_length=12", "--max_seq_length is 12, but ", "was made with 16")]
    [InlineData("--max_predictions_per_seq=20", "--max_predictions_per_seq is 20, but ", "was made with 3")]
    [InlineData("--train_batch_size=21", "has 20 examples, fewer than --train_batch_size 21")]
    [InlineData("--use_tpu=true", "--use_tpu=true: there is no TPU")]
    [InlineData("--model=nowhere", "nowhere")]
    [InlineData("--bert_config_file=nowhere.json", "nowhere.json")]
    [InlineData("--vocab_file=nowhere.txt", "nowhere.txt")]
    [InlineData("--input_file=nowhere-*.tfrecord", "--input_file: no file matches nowhere-*.tfrecord")]
    [InlineData("--input_file=nowhere.tfrecord", "--input_file: there is no file 'nowhere.tfrecord'")]
    [InlineData("--do_eval --eval_input_file=nowhere/*", "--eval_input_file: no file matches nowhere/*")]
    public void Argument_ThatCannotBe_IsOneLine(string flags, params string[] messages)
    {
        using var folder = new TemporaryFolder();
        Run(folder, TinyPretraining.WriteExamples(folder), flags.Split(' ')).EndedWith(2, messages);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Examples_OfALargerVocabulary_AreRefusedWithRecordAndOffset()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("large.tfrecord", PretrainingRecord.RandomFile(
            20, TinyPretraining.Sequence, TinyPretraining.Predictions, TinyModel.VocabSize + 500));
        Run(folder, input).EndedWith(3, input, "record 0 (the first is 0) at byte 0", "the config's vocab_size is 20");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Vocabulary_OfAnotherSizeThanTheConfig_SaysBoth()
    {
        using var folder = new TemporaryFolder();
        string vocabulary = folder.Write("other.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n");
        Run(folder, TinyPretraining.WriteExamples(folder), $"--vocab_file={vocabulary}")
            .EndedWith(2, $"{vocabulary} has 6 tokens", "vocab_size is 20");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("missing", "feature 'masked_lm_ids' should have 3 values of kind int64_list, found none of that name")]
    [InlineData("kind", "feature 'masked_lm_ids' should have 3 values of kind int64_list, found 3 of kind float_list")]
    [InlineData("labels", "feature 'next_sentence_labels' should have 1 values of kind int64_list, found 2")]
    [InlineData("no example", "it is no tf.Example")]
    [InlineData("no tokens", "input_mask is all 0")]
    public void Example_ThatIsWrong_IsNamedWithRecordAndOffset(string fault, string message)
    {
        using var folder = new TemporaryFolder();
        byte[] good = File.ReadAllBytes(TinyPretraining.WriteExamples(folder));
        PretrainingRecord record = PretrainingRecord.Draw(
            new Random(1), TinyPretraining.Sequence, TinyPretraining.Predictions, TinyModel.VocabSize);
        Action<Dictionary<string, Array>>? spoil = fault switch
        {
            "missing" => features => features.Remove("masked_lm_ids"),
            "kind" => features => features["masked_lm_ids"] = new float[3],
            "labels" => features => features["next_sentence_labels"] = new long[2],
            "no tokens" => features => features["input_mask"] = new long[TinyPretraining.Sequence],
            _ => null,
        };
        spoil?.Invoke(record.Features);
        byte[] bad = fault == "no example" ? Framed([0xFF, 0xFF, 0xFF]) : PretrainingRecord.File(record);
        string input = folder.Write("bad.tfrecord", [.. good, .. bad]);
        Run(folder, input).EndedWith(3, input, $"record 20 (the first is 0) at byte {good.Length}", message);
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData(-3, "cut short")]
    [InlineData(-200, "cut short")]
    [InlineData(-1, "cut short")]
    public void File_CutShort_IsNamedWithRecordAndOffset(int bytes, string message)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(TinyPretraining.WriteExamples(folder));
        string input = folder.Write("cut.tfrecord", whole[..(whole.Length + bytes)]);
        Run(folder, input).EndedWith(3, input, "record 19 (the first is 0) at byte ", message);
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData(0, "its length has checksum")]
    [InlineData(60, "bytes have checksum")]
    public void File_WithAWrongChecksum_IsNamedWithRecordAndOffset(int at, string message)
    {
        using var folder = new TemporaryFolder();
        byte[] first = PretrainingRecord.RandomFile(1, TinyPretraining.Sequence, TinyPretraining.Predictions, TinyModel.VocabSize);
        byte[] bytes = File.ReadAllBytes(TinyPretraining.WriteExamples(folder));
        bytes[first.Length + at] ^= 4;
        string input = folder.Write("damaged.tfrecord", bytes);
        Run(folder, input).EndedWith(3, input, $"record 1 (the first is 0) at byte {first.Length}", message);
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("--do_train")]
    [InlineData("--do_train --do_eval --eval_input_file=EMPTY")]
    [InlineData("--do_train=false --do_eval")]
    public void File_OfNoExamples_IsOneLineBeforeAnythingIsDone(string flags)
    {
        using var folder = new TemporaryFolder();
        string empty = folder.Write("empty.tfrecord", Array.Empty<byte>());
        string input = flags.Contains("EMPTY", StringComparison.Ordinal) ? TinyPretraining.WriteExamples(folder) : empty;
        Run(folder, input, flags.Replace("EMPTY", empty, StringComparison.Ordinal).Split(' '))
            .EndedWith(3, $"{empty}: expected examples, found none", "bert pretrain-data");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Examples_WithoutNextSentences_NameTheFlag()
    {
        using var folder = new TemporaryFolder();
        PretrainingRecord record = PretrainingRecord.Draw(
            new Random(1), TinyPretraining.Sequence, TinyPretraining.Predictions, TinyModel.VocabSize);
        record.Features.Remove("next_sentence_labels");
        Run(folder, folder.Write("alone.tfrecord", PretrainingRecord.File(record)))
            .EndedWith(2, "has no next_sentence_labels", "pass --nsp=false");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Examples_OfDifferentLengths_AreNotToBeMadeUpForByAFlag()
    {
        using var folder = new TemporaryFolder();
        byte[] other = PretrainingRecord.RandomFile(1, TinyPretraining.Sequence / 2, TinyPretraining.Predictions, TinyModel.VocabSize);
        string input = folder.Write("mixed.tfrecord", [.. File.ReadAllBytes(TinyPretraining.WriteExamples(folder)), .. other]);
        Run(folder, input).EndedWith(
            2, "--max_seq_length is 16 as for the records before", "made with 8 (input_ids of record 20)", "make all data with the same");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void File_ThatIsNoTFRecordFile_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string input = folder.Write("text.tfrecord", "Once upon a time there was a text.\n");
        Run(folder, input).EndedWith(3, input, "record 0", "no TFRecord file");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Config_OfTooManyLayers_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string config = folder.Write("deep.json", """{"vocab_size": 20, "hidden_size": 8, "num_hidden_layers": 2000000000}""");
        Run(folder, TinyPretraining.WriteExamples(folder), $"--bert_config_file={config}")
            .EndedWith(2, $"{config}: num_hidden_layers must be at most 10000");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Config_WhereTheModelsOwnWillBeWritten_StaysAsItIs()
    {
        using var folder = new TemporaryFolder();
        string input = TinyPretraining.WriteExamples(folder), model = TinyModel.Write(folder), mine = folder.At("mine");
        Directory.CreateDirectory(mine);
        string config = Path.Combine(mine, "config.json"), text = File.ReadAllText(Path.Combine(model, "config.json")) + "\n";
        File.WriteAllText(config, text);
        string[] arguments = TinyPretraining.Arguments(model, input, mine, "--do_train", $"--bert_config_file={config}");
        Bert.Run(arguments).FailedWith(2, config, "will be written", "another --output_dir");
        Assert.Equal(text, File.ReadAllText(config));
        Assert.Equal([config], Directory.GetFileSystemEntries(mine));
    }

    [Fact]
    public void Folders_MadeForARunThatFails_AreTakenBack()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), broken = folder.Write("broken.tfrecord", "no records\n");
        Bert.Run(TinyPretraining.Arguments(model, broken, folder.At("a", "b", "c"), "--do_train")).EndedWith(3, broken);
        Assert.False(Directory.Exists(folder.At("a")));
    }

    [Fact]
    public void Config_ThatIsMissing_IsAskedFor()
    {
        using var folder = new TemporaryFolder();
        Bert.Run("pretrain", $"--input_file={TinyPretraining.WriteExamples(folder)}", $"--output_dir={folder.At("out")}", "--do_train")
            .EndedWith(2, "--bert_config_file is missing");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Evaluation_OfNoModel_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string config = Path.Combine(TinyModel.Write(folder), "config.json"), input = TinyPretraining.WriteExamples(folder);
        string[] evaluation =
        [
            "pretrain", $"--input_file={input}", $"--output_dir={folder.At("out")}", "--do_eval", $"--bert_config_file={config}",
            "--max_seq_length=16", "--max_predictions_per_seq=3", "--train_batch_size=6",
        ];
        Bert.Run(evaluation).FailedWith(2, "--do_eval has nothing to evaluate", folder.At("out"), "--init_checkpoint", "--model");
        AssertNothingWritten(folder);

        Bert.Run([.. evaluation, "--do_train", "--num_train_steps=2", "--num_warmup_steps=1"]).Succeeded();
        Assert.Contains("global_step = 2", Bert.Run(evaluation).Succeeded().OutputLines);
    }

    private static byte[] Framed(byte[] record)
    {
        using var stream = new MemoryStream();
        new Formats.TFRecordWriter(stream).Write(record);
        return stream.ToArray();
    }

    private static BertResult Run(TemporaryFolder folder, string input, params string[] more) =>
        BertInside.Run(TinyPretraining.Arguments(TinyModel.Write(folder), input, folder.At("out"), ["--do_train", .. more]));

    private static void AssertNothingWritten(TemporaryFolder folder) => Assert.False(Directory.Exists(folder.At("out")));
}
