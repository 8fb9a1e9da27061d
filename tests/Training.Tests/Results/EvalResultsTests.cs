// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class EvalResultsTests
{
    [Theory]
    [InlineData("mrpc")]
    [InlineData("cola")]
    [InlineData("mnli")]
    [InlineData("xnli")]
    public void ToFileText_NumbersOfAGolden_GivesItsFile(string task)
    {
        string golden = File.ReadAllText(SharedFolder.Path($"goldens/google/classify/{task}/eval_results.txt"));
        var results = new EvalResults();
        foreach (string[] pair in golden.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(line => line.Split(" = ")))
        {
            if (pair[0] == "global_step")
            {
                results.SetInteger(pair[0], long.Parse(pair[1], CultureInfo.InvariantCulture));
            }
            else
            {
                results.Set(pair[0], float.Parse(pair[1], CultureInfo.InvariantCulture));
            }
        }

        Assert.Equal(golden, results.ToFileText());
        string[] log = File.ReadAllLines(SharedFolder.Path($"goldens/google/classify/{task}/log.txt"));
        Assert.Equal(log.SkipWhile(line => line != "***** Eval results *****").Take(5), results.LogLines());
    }

    [Fact]
    public void ToFileText_Keys_AreSortedByCodeUnit()
    {
        var results = new EvalResults();
        results.SetInteger("loss", 3);
        results.Set("eval_loss", 0.25);
        results.Set("Zed", 1);
        results.Set("eval_loss", 0.5);

        Assert.Equal("Zed = 1.0\neval_loss = 0.5\nloss = 3\n", results.ToFileText());
        Assert.Equal(["***** Eval results *****", "  Zed = 1.0", "  eval_loss = 0.5", "  loss = 3"], results.LogLines());
    }
}
