// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Inspect;

/// <summary>Names, shapes and errors of the verbs that run a model, on a model of our own.</summary>
public class InspectRunTests
{
    [Fact]
    public void Forward_WritesEveryIntermediateUnderItsModulePath()
    {
        using var folder = new TemporaryFolder();
        string batch = folder.Write("batch.json", """{"input_ids":[[2,5,3],[2,6,7,8,3]],"token_type_ids":[[0,0,0],[0,0,1,1,1]]}""");
        string output = folder.At("forward.safetensors");
        Bert.Run("inspect", "forward", TinyModel.Write(folder, outputs: 2), "--batch", batch, "--output", output).Succeeded();

        using var dump = new DumpFile(output);
        Assert.Equal("[8, 8]", dump.Shape("bert.embeddings"));
        Assert.Equal("[2, 8]", dump.Shape("bert.pooler"));
        Assert.Equal("[2, 2]", dump.Shape("logits"));
        foreach (string layer in new[] { "bert.encoder.layer.0", "bert.encoder.layer.1" })
        {
            Assert.Equal("[2, 3, 3]", dump.Shape($"{layer}.attention.self.probs.0"));
            Assert.Equal("[2, 5, 5]", dump.Shape($"{layer}.attention.self.probs.1"));
            Assert.Equal("[8, 8]", dump.Shape($"{layer}.attention.self"));
            Assert.Equal("[8, 8]", dump.Shape($"{layer}.attention.output"));
            Assert.Equal("[8, 12]", dump.Shape($"{layer}.intermediate"));
            Assert.Equal("[8, 8]", dump.Shape(layer));
        }

        Assert.All(dump.Tensors, tensor => Assert.Equal(ElementType.Float32, tensor.Type));
    }

    [Fact]
    public void Forward_WithoutAHead_HasNoLogits()
    {
        using var folder = new TemporaryFolder();
        string output = folder.At("forward.safetensors");
        BertResult result = Bert.Run("inspect", "forward", TinyModel.Write(folder), "--text", "the film", "--output", output).Succeeded();
        using var dump = new DumpFile(output);
        Assert.DoesNotContain(dump.Tensors, tensor => tensor.Name == "logits");
        Assert.Contains("no classification head", result.Error);
    }

    [Fact]
    public void Forward_InABatchOrAlone_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, outputs: 3), batch = folder.Write("batch.json", """{"input_ids":[[2,5,3],[2,6,7,8,3]]}""");
        Bert.Run("inspect", "forward", model, "--batch", batch, "--output", folder.At("both")).Succeeded();
        Bert.Run("inspect", "forward", model, "--ids", "2 6 7 8 3", "--output", folder.At("alone")).Succeeded();
        using DumpFile both = new(folder.At("both")), alone = new(folder.At("alone"));
        Assert.Equal(alone.Doubles("bert.encoder.layer.1"), both.Doubles("bert.encoder.layer.1")[(3 * TinyModel.HiddenSize)..]);
        Assert.Equal(alone.Doubles("logits"), both.Doubles("logits")[3..]);
    }

    [Theory]
    [InlineData("--ids 2,20,3", "position 1: the id 20 is not in [0, 20)")]
    [InlineData("--ids 2,-1", "the id -1")]
    [InlineData("--ids 2,x", "'x'")]
    [InlineData("--ids 2,3 --token-types 0,2", "token type 2")]
    [InlineData("--ids 2,3 --token-types 0", "2 ids and 1 token types")]
    [InlineData("--ids 0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0", "33 tokens; the model takes 1 to 32")]
    [InlineData("--ids 2 --text good", "one of --ids, --text and --batch")]
    [InlineData("", "one of --ids, --text and --batch")]
    [InlineData("--batch nowhere.json", "nowhere.json")]
    [InlineData("--ids 2 --bert_config_file=nowhere.json", "nowhere.json")]
    public void Forward_OfWrongArguments_IsOneLine(string flags, string message)
    {
        using var folder = new TemporaryFolder();
        string[] given = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        BertInside.Run(["inspect", "forward", TinyModel.Write(folder), "--output", folder.At("out"), .. given]).FailedWith(2, message);
        Assert.False(File.Exists(folder.At("out")));
    }

    [Theory]
    [InlineData("not json", "line 1 is not JSON")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("{}", "input_ids is missing")]
    [InlineData("""{"input_ids":5}""", "input_ids should be a list, found 5")]
    [InlineData("""{"input_ids":[5]}""", "input_ids[0] should be a list, found 5")]
    [InlineData("""{"input_ids":[[1,2.5]]}""", "input_ids[0][1] should be a whole number, found 2.5")]
    [InlineData("""{"input_ids":[]}""", "at least one sequence")]
    [InlineData("""{"input_ids":[[2],[]]}""", "sequence 1 has 0 tokens")]
    [InlineData("""{"input_ids":[[2],[99]]}""", "sequence 1, position 0: the id 99")]
    [InlineData("""{"input_ids":[[2]],"token_type_ids":[[0],[0]]}""", "1 sequences have ids, 2 have token types")]
    [InlineData("""{"input_ids":[[2,3]]}""", "labels is missing; found input_ids")]
    [InlineData("""{"input_ids":[[2,3]],"labels":[1,0]}""", "labels has 2 numbers for 1 sequences")]
    [InlineData("""{"input_ids":[[2,3]],"labels":[2]}""", "labels[0] is 2, expected a number in [0, 2)")]
    [InlineData("""{"input_ids":[[2,3]],"labels":["x"]}""", "labels[0] should be a whole number")]
    public void Gradients_OfAWrongBatch_IsOneLineWithThePlace(string batch, string message)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("batch.json", batch);
        BertInside.Run(
            "inspect", "gradients", TinyModel.Write(folder, outputs: 2), "--task=classify", "--batch", file, "--output", folder.At("out"))
            .FailedWith(3, file, message);
        Assert.False(File.Exists(folder.At("out")));
    }

    [Theory]
    [InlineData("masked_lm_positions", "[[2]]", "masked_lm_positions[0][0] is 2, expected a number in [0, 2)")]
    [InlineData("masked_lm_positions", "[[0],[0]]", "masked_lm_positions has 2 lists for 1 sequences")]
    [InlineData("masked_lm_ids", "[[20]]", "masked_lm_ids[0][0] is 20")]
    [InlineData("masked_lm_ids", "[[1,1]]", "masked_lm_ids[0] has 2 numbers, masked_lm_positions[0] has 1")]
    [InlineData("masked_lm_weights", "[[1,1]]", "masked_lm_weights[0] has 2 numbers")]
    public void Gradients_OfWrongMaskedTokens_IsOneLineWithThePlace(string key, string value, string message)
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string> lists = new()
        {
            ["input_ids"] = "[[2,3]]",
            ["masked_lm_positions"] = "[[1]]",
            ["masked_lm_ids"] = "[[7]]",
            ["masked_lm_weights"] = "[[1]]",
        };
        lists[key] = value;
        string file = folder.Write("batch.json", $"{{{string.Join(',', lists.Select(list => $"\"{list.Key}\":{list.Value}"))}}}");
        BertInside.Run("inspect", "gradients", TinyModel.Write(folder), "--task=masked-lm", "--batch", file, "--output", folder.At("out"))
            .FailedWith(3, message);
    }

    [Fact]
    public void Gradients_OfAHeadThatIsMissing_NameIt()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, outputs: 2), batch = folder.Write(
            "batch.json",
            """{"input_ids":[[2,3]],"labels":[0.5],"masked_lm_positions":[[1]],"masked_lm_ids":[[7]],"next_sentence_labels":[1]}""");
        Run("masked-lm").FailedWith(3, model, "cls.predictions.transform.dense.weight");
        Run("regression").FailedWith(3, model, "1 output", "2");
        Run("quiz").FailedWith(2, "--task=quiz: expected one of classify, regression, masked-lm, pretrain");

        BertResult Run(string task) =>
            Bert.Run("inspect", "gradients", model, "--task", task, "--batch", batch, "--output", folder.At("out"));
    }

    [Fact]
    public void Output_InAFolderThatIsNot_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string output = folder.At("nowhere", "out.safetensors");
        Bert.Run("inspect", "forward", TinyModel.Write(folder), "--ids", "2", "--output", output).FailedWith(2, output);
    }
}
