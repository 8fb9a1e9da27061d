// SPDX-License-Identifier: Apache-2.0
using BertManaged.Cli.Tests.PretrainData;

namespace BertManaged.Cli.Tests;

/// <summary>Files that are there and cannot be read: the same sentence from every verb, and no word of .NET's.</summary>
public class UnreadableTests
{
    // Opens as any file does, and every read at its beginning fails.
    private const string ReadsFail = "/proc/self/mem";

    /// <summary>Command lines with VOCAB, MODEL and IT, where IT is what cannot be read, and what it is called.</summary>
    public static TheoryData<string, string> Readers => new()
    {
        { "tokenize --vocab_file=IT --input_file=-", "the vocabulary" },
        { "tokenize --vocab_file=VOCAB --input_file=IT", "the file" },
        { "fill-mask --model=MODEL --vocab_file=IT --text=[MASK]", "the vocabulary" },
        { "fill-mask --model=MODEL --bert_config_file=IT --text=[MASK]", "the config file" },
        { "inspect gradients MODEL --task=masked-lm --batch=IT --output=OUT", "the batch" },
        { "bench infer --model=MODEL --seq=16 --lengths=IT", "the file" },
        { "pretrain-data --input_file=VOCAB --vocab_file=IT --output_file=OUT", "the vocabulary" },
    };

    /// <summary>Those whose inputs are patterns, so that a folder is an error of its own.</summary>
    public static TheoryData<string, string> PatternReaders => new()
    {
        { "vocab --input_file=IT --output_file=OUT", "the file" },
        { "pretrain-data --input_file=IT --vocab_file=VOCAB --output_file=OUT", "the file" },
        { "pretrain-data --input_file=IT --vocab_file=VOCAB --output_file=OUT --streaming", "the file" },
        { "pretrain --input_file=IT --model=MODEL --max_seq_length=16 --do_train --output_dir=OUT", "the file" },
    };

    [Theory, MemberData(nameof(Readers))]
    public void Input_ThatIsAFolder_IsOneLine(string command, string what)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("it"));
        Check(folder, command, folder.At("it"), $"{what} cannot be read (it is a folder; name a file)");
    }

    [Theory, MemberData(nameof(Readers)), MemberData(nameof(PatternReaders))]
    public void Input_ThatCannotBeRead_IsOneLine(string command, string what)
    {
        Assert.SkipUnless(File.Exists(ReadsFail), $"needs {ReadsFail}");
        using var folder = new TemporaryFolder();
        Check(folder, command, ReadsFail, $"{what} cannot be read (Input/output error)");
    }

    [Theory, MemberData(nameof(Readers)), MemberData(nameof(PatternReaders))]
    public void Input_WithoutPermission_IsOneLine(string command, string what)
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("root may read everything");
            return;
        }

        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Write("it", "the film\n"), UnixFileMode.None);
        Check(folder, command, folder.At("it"), $"{what} cannot be read (no permission)");
    }

    [Theory]
    [InlineData("train.tsv")]
    [InlineData("dev.tsv")]
    public void File_OfATask_ThatIsAFolder_IsOneLine(string name)
    {
        using var folder = new TemporaryFolder();
        string data = TinyTask.WriteMrpc(folder), path = Path.Combine(data, name);
        File.Delete(path);
        Directory.CreateDirectory(path);
        string[] arguments = TinyTask.Arguments(TinyModel.Write(folder), data, folder.At("out"), "--do_train", "--do_eval");
        Bert.Run(arguments).EndedWith(2, $"bert: {path}: the file cannot be read (it is a folder; name a file)");
    }

    private static void Check(TemporaryFolder folder, string command, string it, string problem)
    {
        string vocabulary = SmallText.Arguments(folder)[2].Split('=')[1], model = TinyModel.Write(folder, hasMaskedLm: true);
        string[] arguments = [.. command.Split(' ').Select(argument => argument
            .Replace("VOCAB", vocabulary, StringComparison.Ordinal).Replace("MODEL", model, StringComparison.Ordinal)
            .Replace("OUT", folder.At("out"), StringComparison.Ordinal).Replace("IT", it, StringComparison.Ordinal))];
        Bert.Run(arguments).EndedWith(2, $"bert: {it}: {problem}");
        Assert.False(Path.Exists(folder.At("out")));
    }
}
