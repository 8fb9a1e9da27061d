// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace BertManaged.Training.Tests;

/// <summary>Numbers that Python 3.11 prints.</summary>
public class PythonRandomTests
{
    [Fact]
    public void NextWord_Seed12345_IsPythons()
    {
        PythonRandom random = new(12345);
        Assert.Equal(
            [1789368711u, 3146859322, 43676229, 3522623596, 3544234957], Enumerable.Range(0, 5).Select(_ => random.NextWord()));
    }

    [Fact]
    public void NextFraction_Seed12345_IsPythons()
    {
        PythonRandom random = new(12345);
        Assert.Equal(
            [0.41661987254534116, 0.010169169457068361, 0.8252065092537432, 0.2986398551995928],
            Enumerable.Range(0, 4).Select(_ => random.NextFraction()));
    }

    [Fact]
    public void NextIsBelowHalf_ThousandsOfDraws_SaysWhatTheFractionSays()
    {
        PythonRandom halves = new(12345), fractions = new(12345);

        // A word more at times, so that the words of a fraction also lie on both sides of a refill.
        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal(fractions.NextFraction() < 0.5, halves.NextIsBelowHalf());
            if (i % 7 == 0)
            {
                Assert.Equal(fractions.NextWord(), halves.NextWord());
            }
        }
    }

    [Fact]
    public void NextBetween_Seed12345_IsPythons()
    {
        PythonRandom random = new(12345);
        Assert.Equal(
            [53, 93, 1, 38, 47, 24, 34, 72, 55, 20, 47, 15], Enumerable.Range(0, 12).Select(_ => random.NextBetween(0, 99)));
    }

    [Fact]
    public void NextBetween_OneChoice_DrawsAllTheSame()
    {
        PythonRandom random = new(12345);
        Assert.Equal(0, random.NextBetween(0, 0));
        Assert.Equal(0.7326852754516092, random.NextFraction());
    }

    [Fact]
    public void Shuffle_Seed12345_IsPythons()
    {
        PythonRandom random = new(12345);
        int[] numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        random.Shuffle(numbers.AsSpan());
        Assert.Equal([8, 7, 3, 5, 1, 2, 9, 4, 0, 6], numbers);
        Assert.Equal(0.1616878239293682, random.NextFraction());
    }

    [Theory]
    [InlineData("0", 3626764237, 1654615998, 3255389356)]
    [InlineData("1", 577090037, 2444712010, 3639700191)]
    [InlineData("-3", 1022050301, 2545373330, 2337446730)]
    [InlineData("3", 1022050301, 2545373330, 2337446730)]
    [InlineData("4294967295", 2728839433, 2661025012, 872737089)]
    [InlineData("4294967296", 485306839, 1508871100, 1794561286)]
    [InlineData("1234567890123456789", 3668327649, 783902336, 4215074995)]
    [InlineData("-18446744073709551616", 4198958755, 3158798261, 1593907883)]
    [InlineData("10000000000000000000000000000000000000000", 1492664192, 624131156, 3266468590)]
    public void Seed_OfAnySize_GivesPythonsWords(string seed, uint first, uint second, uint third)
    {
        PythonRandom random = new(BigInteger.Parse(seed));
        Assert.Equal([first, second, third], Enumerable.Range(0, 3).Select(_ => random.NextWord()));
    }

    [Fact]
    public void Key_LongerThanTheState_GivesPythonsWords()
    {
        // The seed whose k-th word of 700 is k·2654435761 mod 2^32.
        PythonRandom random = new([.. Enumerable.Range(1, 700).Select(k => unchecked((uint)k * 2654435761))]);
        Assert.Equal([3930711074u, 1094803012, 3605454166], Enumerable.Range(0, 3).Select(_ => random.NextWord()));
    }

    [Fact]
    public void Words_BehindTheFirstState_ArePythons()
    {
        PythonRandom random = new(5);
        for (int i = 0; i < 700; i++)
        {
            random.NextFraction();
        }

        Assert.Equal([4109901898u, 1291032534], Enumerable.Range(0, 2).Select(_ => random.NextWord()));
        Assert.Equal(963309947, random.NextBelow(1_000_000_000));
        Assert.Equal(754630220, random.NextBelow(int.MaxValue));
    }

    // A checksum stands for the order: that of its decimal numbers with commas between them.
    [Theory]
    [InlineData(2, 3305115063, 393353683)]
    [InlineData(3, 2290097233, 1588945316)]
    [InlineData(64, 1097269659, 3562415874)]
    [InlineData(65, 1517329424, 2215427785)]
    [InlineData(127, 3666138693, 677975978)]
    [InlineData(128, 3017080753, 2575539034)]
    [InlineData(1000, 2574324025, 3903576351)]
    [InlineData(5000, 3669165636, 3164156921)]
    public void Shuffle_OfAnyLength_IsPythons(int length, uint checksum, uint nextWord)
    {
        PythonRandom random = new(length);
        int[] numbers = [.. Enumerable.Range(0, length)];
        random.Shuffle(numbers.AsSpan());
        Assert.Equal(checksum, Crc32(string.Join(',', numbers)));
        Assert.Equal(nextWord, random.NextWord());
    }

    [Fact]
    public void Recording_OverRefills_GivesTheSameDrawsAgain()
    {
        PythonRandom random = new(42), same = new(42);
        PythonRandom recorded = PythonRandom.OfRecordedWords();
        List<uint> words = [];
        for (int round = 0; round < 20; round++)
        {
            Assert.Equal(same.NextFraction(), random.NextFraction());
            int[] shuffled = [.. Enumerable.Range(0, 50 + round)], again = [.. shuffled];
            same.Shuffle(shuffled.AsSpan());
            words.Clear();
            random.StartRecording(words);
            random.SkipShuffle(again.Length);
            random.StopRecording();
            recorded.Replay(words);
            recorded.Shuffle(again.AsSpan());
            Assert.Equal(shuffled, again);
            Assert.Throws<InvalidOperationException>(() => recorded.NextWord());
        }
    }

    private static uint Crc32(string text)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in System.Text.Encoding.ASCII.GetBytes(text))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
