// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.RegularExpressions;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public partial class NumpyFloatTests
{
    [Theory]
    [InlineData(0f, "0.0")]
    [InlineData(-0f, "-0.0")]
    [InlineData(1f, "1.0")]
    [InlineData(-1.5f, "-1.5")]
    [InlineData(0.632538f, "0.632538")]
    [InlineData(10f, "10.0")]
    [InlineData(16777216f, "16777216.0")]
    [InlineData(123456789f, "123456790.0")]
    [InlineData(3.45724e-05f, "3.45724e-05")]
    [InlineData(8.9e-05f, "8.9e-05")]
    [InlineData(1e-05f, "1e-05")]
    [InlineData(1e-4f, "1e-04")]
    [InlineData(0.00010000001f, "0.00010000001")]
    [InlineData(9.999999e15f, "9999999000000000.0")]
    [InlineData(1e16f, "1e+16")]
    [InlineData(float.MaxValue, "3.4028235e+38")]
    [InlineData(float.Epsilon, "1e-45")]
    [InlineData(float.NaN, "nan")]
    [InlineData(float.PositiveInfinity, "inf")]
    [InlineData(float.NegativeInfinity, "-inf")]
    public void Format_KnownValues_AreNumpys(float value, string expected) => Assert.Equal(expected, NumpyFloat.Format(value));

    [Fact]
    public void Format_EveryNumberOfTheGoldenResults_IsWrittenBackTheSame()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(SharedFolder.Path("goldens/google"), "test_results.tsv", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(SharedFolder.Path("goldens/google"), "eval_results.txt", SearchOption.AllDirectories),
        ];
        string[] numbers = [.. files.SelectMany(f => Number().Matches(File.ReadAllText(f))).Select(m => m.Value)];

        Assert.True(numbers.Length > 400, $"only {numbers.Length} numbers in {files.Length} files");
        Assert.All(numbers, n => Assert.Equal(n, NumpyFloat.Format(float.Parse(n, CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Format_RandomFloats_IsTheShortestDecimalThatReadsBack()
    {
        var random = new Random(11);
        for (int round = 0; round < 20_000; round++)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (!float.IsFinite(value))
            {
                continue;
            }

            string text = NumpyFloat.Format(value);
            Assert.Equal(value, float.Parse(text, CultureInfo.InvariantCulture));
            AssertForm(value, text);
            int digits = Digits(text).Length;
            if (digits > 1)
            {
                string shorter = ((double)value).ToString($"E{digits - 2}", CultureInfo.InvariantCulture);
                Assert.NotEqual(value, float.Parse(shorter, CultureInfo.InvariantCulture));
            }
        }
    }

    private static void AssertForm(float value, string text)
    {
        double magnitude = Math.Abs((double)value);
        bool positional = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
        Assert.Matches(positional ? @"^-?[0-9]+\.[0-9]+$" : @"^-?[1-9](\.[0-9]*[1-9])?e[+-][0-9]{2}$", text);
    }

    private static string Digits(string text) => text.Split('e')[0].TrimStart('-').Replace(".", "").Trim('0');

    [GeneratedRegex(@"(?<![\w.])-?[0-9]+\.[0-9]+(e[+-][0-9]+)?|(?<![\w.])[0-9]e-[0-9]+")]
    private static partial Regex Number();
}
