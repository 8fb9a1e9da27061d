// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Cli.Tests.Pretrain;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>--overwrite_output_dir: it works whatever the folder holds, and what it holds is there until the new run has done
/// something.</summary>
public class StartingOverTests
{
    [Theory]
    [InlineData("tf", "tf")]
    [InlineData("tf", "safetensors")]
    [InlineData("safetensors", "safetensors")]
    public void List_ThatIsBroken_SaysWhatToDoAndGoesWithItsCheckpoints(string before, string after)
    {
        using var folder = new TemporaryFolder();
        Bert.Run(Classify(folder, $"--checkpoint_format={before}")).Succeeded();
        string list = folder.Write(Path.Combine("out", "checkpoint"), "no list\n");
        Dictionary<string, byte[]> files = Files(folder);
        Bert.Run(Classify(folder)).EndedWith(3, list, "mend it", "--overwrite_output_dir", "another --output_dir");
        AssertSame(files, Files(folder));

        BertResult anew = Bert.Run(Classify(folder, "--overwrite_output_dir", $"--checkpoint_format={after}", "--max_steps=1")).Succeeded();
        Assert.Contains(anew.ErrorLines, line => line.StartsWith("Starting over", StringComparison.Ordinal));
        Assert.Equal(after == "tf", File.Exists(list));
        string[] left = [.. Directory.GetFileSystemEntries(folder.At("out")).Select(path => Path.GetFileName(path)!)];
        Assert.DoesNotContain(left, name => name.StartsWith("model.ckpt-2", StringComparison.Ordinal) || name == "checkpoint-2");
        Assert.Equal(after == "tf", left.Contains("model.ckpt-1.index"));
        BertResult again = Bert.Run(Classify(folder, "--do_eval", "--max_steps=1")).Succeeded();
        Assert.Contains(again.ErrorLines, line => line.StartsWith("Skipping training", StringComparison.Ordinal));
    }

    [Fact]
    public void Form_ThatIsNotNamed_IsThatOfTheRunBefore()
    {
        using var folder = new TemporaryFolder();
        Bert.Run(Classify(folder, "--checkpoint_format=tf")).Succeeded();
        Bert.Run(Classify(folder, "--overwrite_output_dir", "--max_steps=1")).Succeeded();
        Assert.Equal([folder.At("out", "model.ckpt-1.index")], Directory.GetFiles(folder.At("out"), "*.index"));
    }

    [Fact]
    public void Model_ThatIsDamaged_IsWrittenAgainFromTheLastCheckpoint()
    {
        using var folder = new TemporaryFolder();
        Bert.Run(Classify(folder)).Succeeded();
        string model = folder.At("out", "model.safetensors");
        byte[] whole = File.ReadAllBytes(model);
        File.WriteAllBytes(model, whole[..5]);
        Bert.Run(Classify(folder, "--do_train=false", "--do_eval")).Succeeded();
        Assert.Equal(5, new FileInfo(model).Length);
        Bert.Run(Classify(folder)).Succeeded();
        Assert.Equal(whole, File.ReadAllBytes(model));
    }

    [Fact]
    public void Run_OfTheOtherKind_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Bert.Run(Classify(folder)).Succeeded();
        string input = TinyPretraining.WriteExamples(folder);
        Bert.Run(TinyPretraining.Arguments(folder.At("model"), input, folder.At("out"), "--do_train"))
            .EndedWith(2, "holds a run with kind fine-tuning, but now it is pre-training");
    }

    [Fact]
    public void Model_ThatIsDamaged_DoesNotHinderANewRun()
    {
        using var folder = new TemporaryFolder();
        Bert.Run(Classify(folder)).Succeeded();
        File.WriteAllText(folder.At("out", "model.safetensors"), "damaged");
        Bert.Run(Classify(folder, "--overwrite_output_dir")).Succeeded();
        Bert.Run("inspect", "weights", folder.At("out")).Succeeded();
    }

    [Theory]
    [InlineData("row", 3, "row 3")]
    [InlineData("weights", 1, "the loss of step 1 is NaN")]
    [InlineData("steps", 2, "less than one step")]
    public void Run_ThatFailsBeforeItsFirstStep_LosesNothingOfTheRunBefore(string fault, int exitCode, string message)
    {
        using var folder = new TemporaryFolder();
        Bert.Run(Classify(folder, "--do_eval")).Succeeded();
        Dictionary<string, byte[]> files = Files(folder);
        string[] flags = ["--overwrite_output_dir"];
        if (fault == "row")
        {
            string[] rows = File.ReadAllLines(folder.At("data", "train.tsv"));
            File.WriteAllLines(folder.At("data", "train.tsv"), [.. rows[..2], "1\t2", .. rows[2..]]);
        }
        else if (fault == "weights")
        {
            const string Bias = "bert.pooler.dense.bias";
            float[] nan = [.. Enumerable.Repeat(float.NaN, TinyModel.HiddenSize)];
            SafetensorsWriter.Write(
                folder.At("model", "model.safetensors"),
                [.. TinyModel.Tensors().Where(t => t.Name != Bias), TensorEntry.Of(Bias, [nan.Length], nan)]);
        }
        else
        {
            flags = [.. flags, "--train_batch_size=1000", "--num_train_epochs=1"];
        }

        Bert.Run(Classify(folder, flags)).EndedWith(exitCode, message);
        AssertSame(files, Files(folder));
    }

    [Fact]
    public void Folder_ThatCannotBeTrainedInto_IsRefusedBeforeExamplesAreRead()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), broken = folder.Write("broken.tfrecord", "no records\n");
        Bert.Run(TinyPretraining.Arguments(model, broken, folder.Write("file", ""), "--do_train")).FailedWith(2, "it is a file");
        Bert.Run(TinyPretraining.Arguments(model, broken, model, "--do_train")).FailedWith(2, model, "already holds a model");
    }

    private static string[] Classify(TemporaryFolder folder, params string[] flags)
    {
        string model = Directory.Exists(folder.At("model")) ? folder.At("model") : TinyModel.Write(folder);
        string data = Directory.Exists(folder.At("data")) ? folder.At("data") : TinyTask.WriteMrpc(folder);
        return TinyTask.Arguments(model, data, folder.At("out"), ["--do_train", "--max_steps=2", .. flags]);
    }

    private static Dictionary<string, byte[]> Files(TemporaryFolder folder) => Directory
        .EnumerateFiles(folder.At("out"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .ToDictionary(path => path, File.ReadAllBytes);

    private static void AssertSame(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> found)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.Equal(file.Value, found[file.Key]));
    }
}
