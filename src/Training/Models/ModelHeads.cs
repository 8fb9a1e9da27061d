// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using BertManaged.Model;

namespace BertManaged.Training;

/// <summary>Which heads a model folder has: the class that transformers loads it as, and the keys of config.json that only this class
/// has.</summary>
/// <param name="Architecture">Name of the class.</param>
/// <param name="Keys">Their values.</param>
public sealed record ModelHeads(string Architecture, IReadOnlyDictionary<string, JsonNode?> Keys)
{
    /// <summary>Masked LM and next sentence.</summary>
    public static ModelHeads PreTraining { get; } = new("BertForPreTraining", new Dictionary<string, JsonNode?>());

    /// <summary>Masked LM alone; such a model has no pooler.</summary>
    public static ModelHeads MaskedLm { get; } = new("BertForMaskedLM", new Dictionary<string, JsonNode?>());

    /// <summary>A classification head, or one that gives a number.</summary>
    /// <param name="config">Its dropout.</param>
    /// <param name="labels">Names of the classes, in order; ignored for a regression.</param>
    /// <param name="isRegression">One output, trained by mean squared error.</param>
    public static ModelHeads Classification(BertConfig config, IReadOnlyList<string> labels, bool isRegression)
    {
        string[] names = isRegression ? ["LABEL_0"] : [.. labels];
        return new ModelHeads("BertForSequenceClassification", new Dictionary<string, JsonNode?>
        {
            ["classifier_dropout"] = config.ClassifierDropout,
            ["id2label"] = new JsonObject(names.Select((name, i) => KeyValuePair.Create(i.ToString(), (JsonNode?)name))),
            ["label2id"] = new JsonObject(names.Select((name, i) => KeyValuePair.Create(name, (JsonNode?)i))),
            ["problem_type"] = isRegression ? "regression" : "single_label_classification",
        });
    }
}
