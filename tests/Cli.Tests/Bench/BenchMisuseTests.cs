// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Bench;

public class BenchMisuseTests
{
    [Theory]
    [InlineData("", "bert bench needs one of train, pretrain, infer, tokenize, gemm")]
    [InlineData("trian", "did you mean train?")]
    [InlineData("train --batch=0", "--batch=0: expected a whole number from 1")]
    [InlineData("train --batch=x", "--batch=x: expected a whole number")]
    [InlineData("train --seq=0", "--seq=0: the model takes 1 to 512 tokens")]
    [InlineData("train --seq=513", "--seq=513: the model takes 1 to 512 tokens")]
    [InlineData("train --batch=100000", "--batch=100000", "smaller batch")]
    [InlineData("pretrain --steps=1", "--steps=1: expected a whole number from 2")]
    [InlineData("infer --threads=0", "--threads=0: expected a whole number from 1 to 1024")]
    [InlineData("infer --config=bert-huge", "expected one of minilm-l12, bert-base, bert-large, l4-h256, l2-h128")]
    [InlineData("infer --config=l2-h128 --model=x", "one of --config and --model", "both")]
    [InlineData("infer --model=no/such/model", "no/such/model")]
    [InlineData("infer --config=l2-h128 --lengths=nowhere.txt", "nowhere.txt")]
    [InlineData("infer --recompute", "unknown flag --recompute")]
    [InlineData("gemm --lengths=x", "unknown flag --lengths")]
    [InlineData("gemm --steps=0", "--steps=0")]
    [InlineData("tokenize --threads=0", "--threads=0")]
    [InlineData("tokenize --steps=1", "--steps=1")]
    [InlineData("tokenize --input=nowhere.txt", "nowhere.txt")]
    [InlineData("tokenize --vocab_file=nowhere.txt", "nowhere.txt")]
    public void Bench_OfWrongArguments_IsOneLine(string arguments, params string[] message) =>
        BertInside.Run(["bench", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).FailedWith(2, message);

    [Theory]
    [InlineData("3\nx\n", "line 2", "'x'")]
    [InlineData("0\n", "line 1", "'0'")]
    [InlineData("-3\n", "line 1", "'-3'")]
    [InlineData("3\n\n5\n", "line 2", "''")]
    [InlineData("3\n4.5", "line 2", "'4.5'")]
    [InlineData("99999999999", "line 1", "'99999999999'")]
    [InlineData("", "empty file")]
    public void Lengths_ThatAreNone_AreOneLineWithItsNumber(string content, params string[] message)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("lengths.txt", content);
        BertInside.Run("bench", "infer", "--config=l2-h128", "--lengths", file).FailedWith(3, [file, .. message]);
    }

    [Fact]
    public void Text_ThatIsEmpty_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("text.txt", "");
        Bert.Run("bench", "tokenize", "--input", file).FailedWith(3, file, "empty");
    }
}
