// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.FillMask;

/// <summary>What cannot be asked: exit code and one line.</summary>
public class BadInputTests
{
    private const string Good = "--text=a [MASK] film";

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Model_WithoutAMaskedLmHead_SaysSo(int classes)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, outputs: classes);
        Run(model, Good).FailedWith(3, model, "no whole masked-LM head", "cls.predictions.transform.dense.weight");
    }

    [Fact]
    public void Decoder_OfItsOwn_IsRefused_AndTheWordTableOnceMoreIsNot()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true), weights = Path.Combine(model, "model.safetensors");
        string answer = FillMaskTests.Run(model, Good).Succeeded().Output;
        TensorEntry[] tensors = [.. TinyModel.Tensors(hasMaskedLm: true)];
        const string Decoder = "cls.predictions.decoder.weight", Words = "bert.embeddings.word_embeddings.weight";
        SafetensorsWriter.Write(weights, [.. tensors, tensors.Single(tensor => tensor.Name == Words) with { Name = Decoder }]);
        Assert.Equal(answer, FillMaskTests.Run(model, Good).Succeeded().Output);

        SafetensorsWriter.Write(weights, [.. tensors, TensorEntry.Of(Decoder, [20, 8], new float[160])]);
        FillMaskTests.Run(model, Good).FailedWith(3, $"{model}: {Decoder} differs from {Words}", "tie_word_embeddings=false");

        SafetensorsWriter.Write(weights, [.. tensors, TensorEntry.Of(Decoder, [21, 8], new float[168])]);
        FillMaskTests.Run(model, Good).FailedWith(3, $"{model}: {Decoder} differs from {Words}");
    }

    [Theory]
    [InlineData("--text=a good film", "--text: expected [MASK] in the text")]
    [InlineData("--text=a [mask] film", "--text: expected [MASK] in the text")]
    [InlineData("--top_k=0", "--top_k=0: expected a whole number from 1 to 20")]
    [InlineData("--top_k=21", "--top_k=21: expected a whole number from 1 to 20")]
    [InlineData("--input_file=none.txt", "expected one of --text and --input_file")]
    [InlineData("--model=nowhere", "nowhere")]
    [InlineData("--vocab_file=nowhere", "nowhere")]
    [InlineData("--bert_config_file=nowhere", "nowhere")]
    [InlineData("--threads=0", "--threads=0")]
    public void Argument_ThatCannotWork_IsOneLine(string flag, string message)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        Run(model, Good, flag).FailedWith(2, message);
    }

    [Fact]
    public void Input_ThatIsMissing_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        Run(model).FailedWith(2, "expected one of --text and --input_file");
        Run(model, "--input_file=none.txt").FailedWith(2, "none.txt: the file cannot be read");
    }

    [Fact]
    public void Input_ThatIsEmpty_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true), empty = folder.Write("empty.txt", "");
        Run(model, $"--input_file={empty}").FailedWith(3, empty, "expected a text with [MASK] in each line, found nothing");
    }

    [Fact]
    public void Text_LongerThanTheModelTakes_SaysBothLengths()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        string longest = $"[MASK] {string.Join(' ', Enumerable.Repeat("film", TinyModel.Positions - 3))}";
        Run(model, $"--text={longest}").Succeeded();
        Run(model, $"--text={longest} film").FailedWith(2, "--text: the text has 33 tokens", "at most 32");
        Run(model, $"--input_file={folder.Write("texts.txt", $"{longest}\n{longest} film\n")}")
            .FailedWith(3, "texts.txt: line 2: the text has 33 tokens", "at most 32");
    }

    [Theory]
    [InlineData("a [MASK]\nno mask\n", "line 2: expected [MASK] in the text")]
    [InlineData("\n", "line 1: expected [MASK]")]
    public void Line_ThatCannotBeAskedAbout_IsNamed(string text, string message)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("texts.txt", text);
        Run(TinyModel.Write(folder, hasMaskedLm: true), $"--input_file={file}").FailedWith(3, file, message);
    }

    [Fact]
    public void Line_ThatIsNotUtf8_IsNamed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("texts.txt", [.. "[MASK]\n"u8, 0xFF, .. " [MASK]"u8]);
        Run(TinyModel.Write(folder, hasMaskedLm: true), $"--input_file={file}").FailedWith(3, file, "line 2", "UTF-8");
    }

    [Fact]
    public void Vocabulary_ThatDoesNotFit_SaysBothSizes()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        File.AppendAllText(Path.Combine(model, "vocab.txt"), "more\n");
        Run(model, Good).FailedWith(2, "vocab.txt has 21 tokens", "vocab_size is 20");
    }

    [Fact]
    public void Vocabulary_WithoutMask_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true), vocabulary = Path.Combine(model, "vocab.txt");
        File.WriteAllText(vocabulary, File.ReadAllText(vocabulary).Replace("[MASK]", "[NONE]", StringComparison.Ordinal));
        Run(model, Good).FailedWith(3, vocabulary, "'[MASK]'");
    }

    private static BertResult Run(string model, params string[] flags) => BertInside.Run(["fill-mask", $"--model={model}", .. flags]);
}
