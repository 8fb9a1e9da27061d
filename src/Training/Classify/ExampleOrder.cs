// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;

namespace BertManaged.Training;

/// <summary>Which example comes when. Passes follow each other without a break: a batch may hold the end of one and the begin of the
/// next.</summary>
/// <param name="count">Number of examples, n.</param>
/// <param name="kind">As in the file, or the whole set shuffled anew for each pass.</param>
/// <param name="seed">Of the run.</param>
public sealed class ExampleOrder(int count, ShuffleKind kind, ulong seed)
{
    private long _pass = -1;
    private int[] _permutation = [];

    /// <summary>Numbers of the examples of a step.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="batchSize">Examples per step.</param>
    public int[] Batch(long step, int batchSize)
    {
        var batch = new int[batchSize];
        for (int k = 0; k < batchSize; k++)
        {
            long position = (step * batchSize) + k;
            batch[k] = Permutation(position / count)[position % count];
        }

        return batch;
    }

    private int[] Permutation(long pass)
    {
        if (pass != _pass)
        {
            (_pass, _permutation) = (pass, [.. Enumerable.Range(0, count)]);
            if (kind == ShuffleKind.Full)
            {
                Shuffle(_permutation, new RandomNumbers(seed, (uint)pass));
            }
        }

        return _permutation;
    }

    /// <summary>Fisher and Yates 1938, from the end.</summary>
    private static void Shuffle(int[] values, RandomNumbers random)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
