// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using BertManaged.Cli.Tests.Pretrain;

namespace BertManaged.Cli.Tests.Checkpoints;

public class TwoRunsTests
{
    [Fact]
    public void SecondRun_InTheSameFolder_IsRefusedWhileTheFirstTrains()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteMrpc(folder), output = folder.At("out");
        string[] classify = TinyTask.Arguments(
            model, data, output, "--num_train_epochs=100000", "--save_checkpoints_steps=10", "--keep_checkpoints=0");
        string[] pretrain = TinyPretraining.Arguments(model, TinyPretraining.WriteExamples(folder), output, "--do_train");
        var bert = new Bert();
        Process process = bert.Start([.. classify, "--do_train"]);
        try
        {
            WaitForACheckpoint(output, process);

            // The second one that is refused shows that the first did not take the lock away.
            string message = $"--output_dir {output}: another run trains there now";
            Bert.Run([.. classify, "--do_train"]).EndedWith(2, message);
            Bert.Run([.. classify, "--do_train", "--overwrite_output_dir"]).EndedWith(2, message);
            Bert.Run(pretrain).EndedWith(2, message);

            // Evaluation may run beside it.
            Bert.Run([.. classify, "--do_eval"]).Succeeded();
            Assert.False(process.HasExited);
        }
        finally
        {
            process.Kill();
            bert.Finish(process);
        }

        // What a killed run leaves hinders none.
        BertResult after = Bert.Run([.. classify, "--do_train", "--max_steps=1"]).Succeeded();
        Assert.Contains(after.ErrorLines, line => line.StartsWith("Skipping training", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(output, ".*"));
    }

    private static void WaitForACheckpoint(string output, Process process)
    {
        var watch = Stopwatch.StartNew();
        while (!Directory.Exists(Path.Combine(output, "checkpoint-10")))
        {
            Assert.False(process.HasExited, "it ended before it trained");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "it never trained");
            Thread.Sleep(1);
        }
    }
}
