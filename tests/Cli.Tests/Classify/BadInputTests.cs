// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace BertManaged.Cli.Tests.Classify;

/// <summary>Bad arguments and bad files: the exit code, one last line on standard error, and nothing left in the output folder.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("--learning_rate=0", "--learning_rate must be above 0")]
    [InlineData("--learning_rate=-1e-5", "--learning_rate must be above 0")]
    [InlineData("--train_batch_size=0", "--train_batch_size must be at least 1, but is 0")]
    [InlineData("--eval_batch_size=-3", "--eval_batch_size must be at least 1, but is -3")]
    [InlineData("--predict_batch_size=0", "--predict_batch_size must be at least 1")]
    [InlineData("--num_train_epochs=0", "--num_train_epochs must be above 0")]
    [InlineData("--warmup_proportion=1.5", "--warmup_proportion must be in [0, 1]")]
    [InlineData("--dropout=1", "--dropout must be in [0, 1)")]
    [InlineData("--max_seq_length=2", "--max_seq_length must be at least 3")]
    [InlineData("--max_seq_length=33", "--max_seq_length 33 is more than the 32 positions")]
    [InlineData("--max_steps=0", "--max_steps must be at least 1")]
    [InlineData("--threads=0", "--threads=0: expected a whole number from 1 to 1024")]
    [InlineData("--threads=100000", "--threads=100000: expected a whole number from 1 to 1024")]
    [InlineData("--use_tpu=true", "--use_tpu=true: there is no TPU")]
    [InlineData("--model=nowhere", "nowhere")]
    [InlineData("--data_dir=nowhere", "nowhere")]
    [InlineData("--task_name=qnli", "qnli")]
    public void Argument_OutOfRange_IsOneLine(string flag, string message)
    {
        using var folder = new TemporaryFolder();
        Run(folder, TinyModel.Write(folder), flag).EndedWith(2, message);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void SimdLevel_ThatThereIsNot_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = TinyTask.Arguments(TinyModel.Write(folder), TinyTask.WriteMrpc(folder), folder.At("out"), "--do_train");
        new Bert().WithEnvironment("BERTMANAGED_SIMD", "1024").RunWith(arguments).FailedWith(2, "BERTMANAGED_SIMD", "1024");
    }

    [Fact]
    public void OutputDir_ThatCannotBe_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "");
        Run(folder, TinyModel.Write(folder), $"--output_dir={file}/out").EndedWith(2, "--output_dir", file);
        Assert.Equal("", File.ReadAllText(file));
    }

    [Fact]
    public void OutputDir_ThatHoldsAModel_IsNotTrainedOver()
    {
        using var folder = new TemporaryFolder();
        string output = TinyModel.Write(folder, "out", outputs: 2);
        byte[] before = File.ReadAllBytes(Path.Combine(output, "model.safetensors"));
        Run(folder, TinyModel.Write(folder)).EndedWith(2, output, "--overwrite_output_dir");
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(output, "model.safetensors")));

        Run(folder, folder.At("model"), "--overwrite_output_dir").Succeeded();
        Assert.NotEqual(before, File.ReadAllBytes(Path.Combine(output, "model.safetensors")));
    }

    [Theory]
    [InlineData("cut short")]
    [InlineData("header length")]
    [InlineData("header text")]
    [InlineData("offsets")]
    [InlineData("empty")]
    public void Safetensors_ThatIsDamaged_IsOneLineWithTheFile(string damage)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        string file = Path.Combine(model, "model.safetensors");
        File.WriteAllBytes(file, Damaged(File.ReadAllBytes(file), damage));
        Run(folder, model).EndedWith(3, file);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Config_ThatDoesNotFitTheWeights_NamesTensorAndBothShapes()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        ReplaceInConfig(model, "\"intermediate_size\": 12", "\"intermediate_size\": 14");
        Run(folder, model).EndedWith(3, "bert.encoder.layer.0.intermediate.dense.weight", "[12, 8]", "[14, 8]");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("\"num_attention_heads\": 2", "\"num_attention_heads\": 3", "hidden_size 8 is not a multiple of num_attention_heads 3")]
    [InlineData("\"vocab_size\": 20", "\"vocab_size\": 20.5", "vocab_size must be a whole number")]
    [InlineData("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"swish\"", "hidden_act \"swish\" is not supported")]
    [InlineData("{", "", "config.json")]
    public void Config_ThatIsWrong_IsOneLineWithFileAndKey(string text, string replacement, string message)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        ReplaceInConfig(model, text, replacement);
        Run(folder, model).EndedWith(2, "config.json", message);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Weights_OfALayerThatIsMissing_AreNamed()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        ReplaceInConfig(model, "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
        Run(folder, model).EndedWith(3, "bert.encoder.layer.2.attention.self.query.weight");
    }

    [Fact]
    public void Vocabulary_SmallerThanTheConfigSays_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        File.WriteAllText(Path.Combine(model, "vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
        Run(folder, model).EndedWith(2, "vocab.txt", "4", "20");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Vocabulary_LargerThanTheWordTable_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        File.AppendAllLines(Path.Combine(model, "vocab.txt"), ["more", "tokens"]);
        Run(folder, model).EndedWith(2, "vocab.txt", "22 tokens", "vocab_size is 20");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Bundle_WithAWrongChecksum_IsOneLineWithTheTensor()
    {
        using var folder = new TemporaryFolder();
        string source = SharedFolder.Path("goldens/google/classify/mrpc/checkpoint");
        foreach (string file in Directory.GetFiles(source, "model.ckpt-100.*"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            for (int i = 0; i < bytes.Length && file.Contains(".data-", StringComparison.Ordinal); i += 97)
            {
                bytes[i] ^= 1;
            }

            File.WriteAllBytes(folder.At(Path.GetFileName(file)), bytes);
        }

        string tiny = SharedFolder.Path("goldens/google/checkpoint-tiny");
        Bert.Run("classify", "--task_name=MRPC", $"--data_dir={SharedFolder.Path("goldens/google/classify/data/mrpc")}", "--do_train",
            $"--vocab_file={tiny}/vocab.txt", $"--bert_config_file={tiny}/bert_config.json", "--max_seq_length=40",
            $"--init_checkpoint={folder.At("model.ckpt-100")}", $"--output_dir={folder.At("out")}")
            .EndedWith(3, "model.ckpt-100", "checksum");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void ObjectCheckpoint_OfTensorFlow2_IsRefusedInOneLine()
    {
        using var folder = new TemporaryFolder();
        string checkpoint = Path.Combine(SharedFolder.Path("goldens/google/checkpoint-tiny/tf2-object"), "ckpt-1");
        Run(folder, TinyModel.Write(folder), $"--init_checkpoint={checkpoint}").EndedWith(3, checkpoint, "TensorFlow 2 object checkpoint");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("1\t1\t2\tThe film was good", "row 2", "columns")]
    [InlineData("2\t1\t2\tgood\tbad", "row 2", "'2'")]
    [InlineData("", "row 2")]
    public void Row_ThatIsWrong_IsOneLineWithItsNumber(string row, params string[] parts)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteMrpc(folder);
        File.WriteAllText(Path.Combine(data, "train.tsv"), $"Quality\tid\tid\tone\tother\n{row}\n1\t1\t2\tgood\tgood\n");
        Run(folder, model).EndedWith(3, parts);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void CsvColumn_ThatIsMissing_NamesThoseThatThereAre()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteCsv(folder);
        string[] arguments =
        [
            "classify", "--task_name=csv", $"--data_dir={data}", $"--model={model}", $"--output_dir={folder.At("out")}", "--do_train",
            "--max_seq_length=16",
        ];
        BertResult result = Bert.Run([.. arguments, "--text_column=text", "--label_column=verdict"]);
        Assert.InRange(result.ExitCode, 2, 3);
        result.EndedWith(result.ExitCode, "text", "review", "verdict");
    }

    [Fact]
    public void Disk_FullWhileSaving_LeavesTheOldModelWhole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "limits the size of files by ulimit");
        using var folder = new TemporaryFolder();
        string output = TinyModel.Write(folder, "out", outputs: 2);
        byte[] before = File.ReadAllBytes(Path.Combine(output, "model.safetensors"));
        string[] names = Names(output);
        string[] arguments = TinyTask.Arguments(
            TinyModel.Write(folder), TinyTask.WriteMrpc(folder), output, "--do_train", "--max_steps=2", "--overwrite_output_dir");

        // The signal is ignored, so that the write itself fails, as on a full disk; 4 KiB hold metrics.jsonl but no weights.
        // The runtime maps its code from a file in memory that would be too large too, unless told not to.
        Bert bert = new Bert().WithEnvironment("DOTNET_EnableWriteXorExecute", "0");
        using Process process = bert.Start("/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"", Bert.File, .. arguments]);
        BertResult result = bert.Finish(process);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("bert: ", result.ErrorLines[^1]);
        Assert.Contains("model.safetensors: the file cannot be written", result.ErrorLines[^1]);
        Assert.DoesNotContain("   at ", result.Error);

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(output, "model.safetensors")));
        Assert.Equal(
            names, Names(output).Where(name => name != "metrics.jsonl" && !name.StartsWith("events.out.", StringComparison.Ordinal)));
    }

    private static BertResult Run(TemporaryFolder folder, string model, params string[] flags)
    {
        string data = Directory.Exists(folder.At("data")) ? folder.At("data") : TinyTask.WriteMrpc(folder);
        return BertInside.Run(TinyTask.Arguments(model, data, folder.At("out"), ["--do_train", "--max_seq_length=16", .. flags]));
    }

    private static void AssertNothingWritten(TemporaryFolder folder) =>
        Assert.Empty(Directory.Exists(folder.At("out")) ? Directory.EnumerateFileSystemEntries(folder.At("out")) : []);

    private static void ReplaceInConfig(string model, string text, string replacement)
    {
        string path = Path.Combine(model, "config.json"), config = File.ReadAllText(path);
        Assert.Contains(text, config);
        File.WriteAllText(path, config.Replace(text, replacement, StringComparison.Ordinal));
    }

    private static byte[] Damaged(byte[] file, string damage) => damage switch
    {
        "cut short" => file[..^5],
        "header length" => [255, 255, 255, 255, 255, 255, 255, 127, .. file[8..]],
        "header text" => [.. file[..8], .. "not json"u8, .. file[16..]],
        "offsets" => Replaced(file, "\"data_offsets\":[0,", "\"data_offsets\":[9,"),
        _ => [],
    };

    private static byte[] Replaced(byte[] file, string text, string replacement)
    {
        int at = file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.True(at > 0);
        return [.. file[..at], .. System.Text.Encoding.UTF8.GetBytes(replacement), .. file[(at + text.Length)..]];
    }

    private static string[] Names(string output) =>
        [.. Directory.EnumerateFiles(output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
