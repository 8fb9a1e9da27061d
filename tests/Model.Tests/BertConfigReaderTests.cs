// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Model.Tests;

/// <summary>A file of another model, or a broken one, is refused in words.</summary>
public class BertConfigReaderTests
{
    [Theory]
    [InlineData("\"model_type\": \"roberta\"", "model_type is \"roberta\"")]
    [InlineData("\"model_type\": \"BERT\"", "model_type is \"BERT\"")]
    [InlineData("\"model_type\": 1", "model_type must be a string")]
    [InlineData("\"position_embedding_type\": \"relative_key\"", "position_embedding_type is \"relative_key\"")]
    [InlineData("\"is_decoder\": true", "is_decoder is true")]
    [InlineData("\"is_decoder\": \"no\"", "is_decoder must be true or false")]
    [InlineData("\"layer_norm_eps\": 0", "layer_norm_eps must be a number above 0, but is 0")]
    [InlineData("\"layer_norm_eps\": -1e-12", "layer_norm_eps must be")]
    [InlineData("\"layer_norm_eps\": 1e999", "layer_norm_eps must be")]
    [InlineData("\"initializer_range\": -0.02", "initializer_range must be a number of at least 0")]
    [InlineData("\"initializer_range\": 1e999", "initializer_range must be")]
    [InlineData("\"hidden_act\": \"swish\"", "gelu_fast")]
    public void Read_KeyThatIsNotThisBert_IsRefused(string key, string message)
    {
        ConfigException thrown = Assert.Throws<ConfigException>(() => Read($"{{\"vocab_size\": 10, {key}}}"));
        Assert.StartsWith("config.json: ", thrown.Message);
        Assert.Contains(message, thrown.Message);
    }

    [Theory]
    [InlineData("{\"vocab_size\": 10}\n{\"vocab_size\": 11}", "line 2")]
    [InlineData("{\"vocab_size\": 10} x", "line 1")]
    [InlineData("{\"vocab_size\": 10", "line 1")]
    public void Read_TextThatIsNoSingleObject_IsRefused(string json, string where) =>
        Assert.Contains(where, Assert.Throws<ConfigException>(() => Read(json)).Message);

    [Fact]
    public void Read_GooglesFile_HasGooglesDefaults()
    {
        BertConfig config = Read("{\"vocab_size\": 10, \"hidden_act\": \"gelu\"}\n\n");
        Assert.Equal((16, HiddenActivation.GeluTanh), (config.TypeVocabSize, config.HiddenAct));
    }

    [Fact]
    public void Read_HuggingFacesFile_HasHuggingFacesDefaults()
    {
        BertConfig config = Read(
            "{\"vocab_size\": 10, \"model_type\": \"bert\", \"position_embedding_type\": \"absolute\", \"is_decoder\": false, "
            + "\"layer_norm_eps\": 1e-5, \"initializer_range\": 0, \"classifier_dropout\": null} // a comment");
        Assert.Equal((2, HiddenActivation.GeluErf), (config.TypeVocabSize, config.HiddenAct));
        Assert.Equal((1e-5, 0, 0.1), (config.LayerNormEps, config.InitializerRange, config.ClassifierDropout));
    }

    private static BertConfig Read(string json) => BertConfigReader.Read(Encoding.UTF8.GetBytes(json), "config.json");
}
