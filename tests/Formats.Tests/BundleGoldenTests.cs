// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

/// <summary>Checkpoints that TensorFlow wrote, against what TensorFlow says is in them.</summary>
public class BundleGoldenTests
{
    private const string Tiny = "goldens/google/checkpoint-tiny/";

    [Theory]
    [InlineData(Tiny + "training", Tiny + "variables.safetensors", 187)]
    [InlineData(Tiny + "sharded/model.ckpt-200.index", Tiny + "variables.safetensors", 187)]
    [InlineData("goldens/google/tf-1.11/training", "goldens/google/tf-1.11/training/variables.safetensors", 187)]
    [InlineData(Tiny + "partitioned", Tiny + "variables.safetensors", 62)]
    [InlineData(Tiny + "uncased_L-3_H-20_A-4.zip", Tiny + "variables.safetensors", 62)]
    [InlineData("goldens/google/classify/mrpc/checkpoint", null, 0)]
    [InlineData("goldens/google/classify/cola/checkpoint", null, 0)]
    [InlineData("goldens/google/classify/mnli/checkpoint", null, 0)]
    [InlineData("goldens/google/classify/xnli/checkpoint", null, 0)]
    public void Read_Checkpoint_EqualsItsVariablesBitForBit(string checkpoint, string? variables, int count)
    {
        using ITensorFile bundle = TensorFiles.Open(SharedFolder.Path(checkpoint));
        using ITensorFile expected = TensorFiles.Open(
            SharedFolder.Path(variables ?? checkpoint.Replace("checkpoint", "variables.safetensors", StringComparison.Ordinal)));
        int compared = 0;
        foreach (TensorInfo tensor in expected.Tensors)
        {
            if (bundle.TryGet(tensor.Name, out TensorInfo? info))
            {
                AssertSame(expected, tensor, bundle, info);
                compared++;
            }
        }

        Assert.True(bundle.HasData);
        Assert.Equal("TensorFlow checkpoint", bundle.Format);
        Assert.Equal(count == 0 ? expected.Tensors.Count : count, compared);
        Assert.True(count == 0 || bundle.Tensors.Count == count);
    }

    [Fact]
    public void Read_EveryElementType_EqualsSafetensorsBitForBit()
    {
        using ITensorFile bundle = TensorFiles.Open(SharedFolder.Path(Tiny + "dtypes/types.ckpt.index"));
        using ITensorFile expected = TensorFiles.Open(SharedFolder.Path(Tiny + "dtypes/types.safetensors"));
        Assert.All(
            expected.Tensors, tensor => AssertSame(expected, tensor, bundle, bundle.Tensors.Single(info => info.Name == tensor.Name)));

        string[] others = [.. bundle.Tensors.Where(tensor => !expected.TryGet(tensor.Name, out _)).Select(tensor => $"{tensor.Name} " +
            $"{tensor.Type.Name()} {tensor.ShapeText}")];
        Assert.Equal(["types/bfloat16 BF16 [3, 5]", "types/complex128 C128 [3, 5]", "types/complex64 C64 [3, 5]", "types/string " +
            "STRING [3]"], others);
    }

    [Fact]
    public void Read_TypesThatSafetensorsFileLacks_AreTheSameNumbers()
    {
        using ITensorFile bundle = TensorFiles.Open(SharedFolder.Path(Tiny + "dtypes"));
        var singles = new float[15];
        var brains = new float[15];
        bundle.ReadSingles("types/float32", singles);
        bundle.ReadSingles("types/bfloat16", brains);
        Assert.All(singles.Zip(brains), pair => Assert.InRange(Math.Abs((pair.Second / pair.First) - 1), 0, 1.0 / 256));

        byte[] complex = bundle.ReadBytes("types/complex64");
        Assert.Equal(singles, Enumerable.Range(0, 15).Select(i => BitConverter.ToSingle(complex, 8 * i)));

        // Lengths 0, 3 and 300, the checksum of the lengths, "abc", then 300 bytes FF.
        byte[] strings = bundle.ReadBytes("types/string");
        Assert.Equal([0, 3, 0xAC, 2], strings[..4]);
        Assert.Equal("abc"u8, strings.AsSpan(8, 3));
        Assert.Equal(4 + 4 + 3 + 300, strings.Length);
        var e = Assert.Throws<TensorFileException>(() => bundle.ReadSingles("types/string", new float[3]));
        Assert.Contains("element type STRING", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Tf2ObjectCheckpoint_ListsAndSaysWhatItIs()
    {
        using ITensorFile bundle = TensorFiles.Open(SharedFolder.Path(Tiny + "tf2-object") + "/ckpt-1");
        Assert.True(bundle.IsObjectCheckpoint);
        Assert.Equal(
            ["_CHECKPOINTABLE_OBJECT_GRAPH", "model/dense/bias/.ATTRIBUTES/VARIABLE_VALUE",
                "model/dense/kernel/.ATTRIBUTES/VARIABLE_VALUE", "model/step/.ATTRIBUTES/VARIABLE_VALUE"],
            bundle.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(7, BitConverter.ToInt64(bundle.ReadBytes("model/step/.ATTRIBUTES/VARIABLE_VALUE")));
        Complaint.ReadEverything(SharedFolder.Path(Tiny + "tf2-object"));
    }

    [Theory]
    [InlineData("index-only-covbert", 619, false)]
    [InlineData("keras-bert-test_checkpoint", 139, true)]
    [InlineData("tf2onnx-regression", 2, true)]
    [InlineData("tfx-model.ckpt-series", 60, true)]
    [InlineData("tfx-model.ckpt-series/model.ckpt-999.index", 60, true)]
    [InlineData("tfx-model.ckpt-series/model.ckpt-0.data-00000-of-00001", 60, true)]
    [InlineData("two-shard-little_ruan", 18, true)]
    public void Open_CheckpointsOfOthers_List(string name, int count, bool hasData)
    {
        string path = SharedFolder.Path("data/tf-checkpoints/" + name);
        using ITensorFile bundle = TensorFiles.Open(path);
        Assert.Equal(count, bundle.Tensors.Count);
        Assert.Equal(hasData, bundle.HasData);
        if (hasData)
        {
            Complaint.ReadEverything(path);
        }
    }

    [Fact]
    public void Read_DataFileMissing_NamesTheFileAndTheTensor()
    {
        using ITensorFile bundle = TensorFiles.Open(SharedFolder.Path("data/tf-checkpoints/index-only-covbert"));
        TensorInfo table = bundle.Tensors.Single(tensor => tensor.Name == "bert/embeddings/word_embeddings");
        Assert.Equal([30522, 768], table.Shape);
        var e = Assert.Throws<TensorFileException>(() => bundle.ReadBytes(table.Name));
        Assert.Contains("bert_model.ckpt.data-00000-of-00001: there is no such file; tensor " +
            "'bert/embeddings/word_embeddings'", e.Message, StringComparison.Ordinal);
        Assert.Equal(TensorFileFault.Path, e.Fault);
    }

    [Fact]
    public void Open_MiniLm_ListsAndReads()
    {
        using ITensorFile model = TensorFiles.Open(SharedFolder.Path("models/all-MiniLM-L6-v2"));
        Assert.Equal(104, model.Tensors.Count);
        Assert.Equal("pt", model.Metadata["format"]);
        TensorInfo table = model.Tensors.Single(tensor => tensor.Name == "embeddings.word_embeddings.weight");
        Assert.Equal([30522, 384], table.Shape);
        var values = new float[table.ElementCount];
        model.ReadSingles(table.Name, values);
        Assert.All(values.Chunk(384).Take(100), row => Assert.Contains(row, value => value != 0));
    }

    private static void AssertSame(ITensorFile expected, TensorInfo tensor, ITensorFile actual, TensorInfo info)
    {
        Assert.Equal(tensor.Type, info.Type);
        Assert.Equal(tensor.Shape, info.Shape);
        Assert.True(expected.ReadBytes(tensor.Name).AsSpan().SequenceEqual(actual.ReadBytes(info.Name)), tensor.Name);
        var wanted = new double[tensor.ElementCount];
        var found = new double[tensor.ElementCount];
        expected.ReadDoubles(tensor.Name, wanted);
        actual.ReadDoubles(info.Name, found);
        Assert.Equal(wanted, found);
    }
}
