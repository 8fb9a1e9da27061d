// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Training.Tests;

public class OrderedWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Results_WhateverTakesLongest_AreTakenInOrder(int jobs)
    {
        var random = new Random(jobs);
        int[] pauses = [.. Enumerable.Range(0, 60).Select(_ => random.Next(4))];
        List<int> taken = [];
        new OrderedWork<int, int>(
            Enumerable.Range(0, 60),
            item =>
            {
                Thread.Sleep(pauses[item]);
                return 3 * item;
            },
            taken.Add).Run(jobs);
        Assert.Equal(Enumerable.Range(0, 60).Select(item => 3 * item), taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Errors_OfSeveralItems_TheFirstIsThrown(int jobs)
    {
        List<int> taken = [];
        var work = new OrderedWork<int, int>(
            Enumerable.Range(0, 40),
            item =>
            {
                Thread.Sleep(item % 5 == 0 ? 8 : 0);
                return item >= 20 ? throw new FormatException(item.ToString(CultureInfo.InvariantCulture)) : item;
            },
            taken.Add);
        Assert.Equal("20", Assert.Throws<FormatException>(() => work.Run(jobs)).Message);
        Assert.Equal(Enumerable.Range(0, 20), taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Errors_OfSourceAndTaker_AreThrown(int jobs)
    {
        Assert.Throws<IOException>(() => new OrderedWork<int, int>(Broken(), item => item, _ => { }).Run(jobs));
        Assert.Throws<IOException>(() => new OrderedWork<int, int>(
            Enumerable.Range(0, 9), item => item, item => _ = item == 5 ? throw new IOException() : item).Run(jobs));
    }

    private static IEnumerable<int> Broken()
    {
        yield return 1;
        throw new IOException();
    }
}
