// SPDX-License-Identifier: Apache-2.0
using BertManaged.Cli.Tests.PretrainData;

namespace BertManaged.Cli.Tests;

/// <summary>Outputs that cannot be made: the same sentence from every verb, with the name that the user gave.</summary>
public class UnwritableTests
{
    /// <summary>Command lines with MODEL, VOCAB and OUT, where OUT is what cannot be written.</summary>
    public static TheoryData<string> Writers =>
    [
        "vocab --input_file=VOCAB --output_file=OUT", "pretrain-data --input_file=VOCAB --vocab_file=VOCAB --output_file=OUT",
        "export onnx --model=MODEL --output=OUT", "inspect forward MODEL --text=film --output=OUT",
    ];

    [Theory, MemberData(nameof(Writers))]
    public void Output_InAFolderThatTakesNoFiles_IsOneLine(string command)
    {
        // Nobody may make files there, root included.
        Assert.SkipUnless(Directory.Exists("/sys") && Directory.Exists("/proc"), "needs /sys and /proc");
        using var folder = new TemporaryFolder();
        Run(folder, command, "/sys/result.onnx").EndedWith(
            2, "bert: /sys/result.onnx: the file cannot be written (no permission); what was there before is unchanged");
        Run(folder, command, "/proc/result.onnx").EndedWith(
            2, "bert: /proc/result.onnx: the file cannot be written (its folder takes no files); what was there before is unchanged");
    }

    [Theory, MemberData(nameof(Writers))]
    public void Output_WithoutPermission_IsOneLine(string command)
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("root may write everywhere");
            return;
        }

        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string output = folder.At("closed", "result.onnx");
        Run(folder, command, output).EndedWith(2, $"bert: {output}: the file cannot be written (no permission)");
    }

    [Theory, MemberData(nameof(Writers))]
    public void Output_ThatIsAFolderOrHasNone_IsOneLine(string command)
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "old");
        Directory.CreateDirectory(folder.At("taken.onnx"));
        string output = folder.At("file", "result.onnx");
        Run(folder, command, output).FailedWith(2, output, $"there is no folder {folder.At("file")}");
        Run(folder, command, folder.At("taken.onnx")).EndedWith(2, folder.At("taken.onnx"), "folder");
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*"));
    }

    private static BertResult Run(TemporaryFolder folder, string command, string output)
    {
        string vocabulary = SmallText.Arguments(folder)[2].Split('=')[1], model = TinyModel.Write(folder, outputs: 2);
        return Bert.Run([.. command.Split(' ').Select(argument => argument
            .Replace("VOCAB", vocabulary, StringComparison.Ordinal).Replace("MODEL", model, StringComparison.Ordinal)
            .Replace("OUT", output, StringComparison.Ordinal))]);
    }
}
