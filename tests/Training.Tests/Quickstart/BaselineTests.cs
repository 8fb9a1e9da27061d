// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

public class BaselineTests
{
    private static readonly ClassificationTask Task = ClassificationTask.Find("csv").WithLabels(["china", "other"]);

    // The worked example of Manning, Raghavan, Schütze 2008, "Introduction to Information Retrieval", table 13.1.
    private static readonly InputExample[] Documents =
    [
        Example("Chinese Beijing Chinese", "china"),
        Example("Chinese Chinese Shanghai", "china"),
        Example("Chinese Macao", "china"),
        Example("Tokyo Japan Chinese", "other"),
    ];

    [Fact]
    public void NaiveBayes_TextbookExample_PicksTheTextbooksClass() =>
        Assert.Equal(0, NaiveBayes.Train(Task, Documents).Predict(Example("Chinese Chinese Chinese Tokyo Japan", null)));

    [Theory]
    [InlineData("Japan", 1)]          // 1/4 · 2/9 > 3/4 · 1/14
    [InlineData("Shanghai", 0)]
    [InlineData("JAPAN, tokyo!", 1)]
    [InlineData("words nobody saw", 0)]
    [InlineData("", 0)]
    public void NaiveBayes_Predict_IsTheMostProbable(string text, int expected) =>
        Assert.Equal(expected, NaiveBayes.Train(Task, Documents).Predict(Example(text, null)));

    [Fact]
    public void NaiveBayes_Evaluate_CountsTruthAgainstPrediction()
    {
        InputExample[] unseen = [Example("Japan", "other"), Example("Japan", "china")];
        ConfusionMatrix confusion = NaiveBayes.Train(Task, Documents).Evaluate(Task, unseen);

        Assert.Equal((1, 1, 0.5), (confusion[1, 1], confusion[0, 1], confusion.Accuracy));
    }

    [Fact]
    public void NaiveBayes_SecondText_Counts() => Assert.Equal(
        1, NaiveBayes.Train(Task, Documents).Predict(Example("", null) with { TextB = "Tokyo Japan" }));

    [Fact]
    public void MajorityClass_Accuracy_IsItsShare()
    {
        MajorityClass majority = MajorityClass.Train(Task, Documents);

        Assert.Equal(0, majority.Prediction);
        Assert.Equal(0.75, majority.Accuracy(Task, Documents));
    }

    [Theory]
    [InlineData("Don't stop, he said.", "don't stop he said")]
    [InlineData("'Tis o' the dogs' 42nd", "tis o the dogs 42nd")]
    [InlineData("Été – naïve", "été naïve")]
    [InlineData(" ", "")]
    public void Words_Of_AreRunsOfLettersAndDigits(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words.Of(text)));

    private static InputExample Example(string text, string? label) => new("x", text, null, label, 1);
}
