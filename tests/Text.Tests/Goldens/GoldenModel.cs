// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Tests.Goldens;

/// <summary>A vocabulary of the goldens, with the casing they were made with.</summary>
internal sealed record GoldenModel(string Name, string Folder, bool LowerCase)
{
    public static readonly TheoryData<string> Names = ["uncased", "cased", "chinese", "multilingual_cased"];

    private static readonly GoldenModel[] All =
    [
        new("uncased", "bert-base-uncased", true),
        new("cased", "bert-base-cased", false),
        new("chinese", "bert-base-chinese", true),
        new("multilingual_cased", "bert-base-multilingual-cased", false),
    ];

    public static GoldenModel Named(string name) => All.Single(model => model.Name == name);

    public Vocabulary LoadVocabulary() => Vocabulary.Load(SharedFolder.Path($"data/vocab/{Folder}/vocab.txt"));

    public BertTokenizer LoadTokenizer() => new(LoadVocabulary(), LowerCase);
}
