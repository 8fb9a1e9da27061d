// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A token that may stand in the place of [MASK].</summary>
/// <param name="Id">Its id.</param>
/// <param name="Probability">In [0, 1]; those of all tokens add up to 1.</param>
public readonly record struct TokenProbability(int Id, float Probability)
{
    /// <summary>The most probable tokens, of equally probable ones the lowest ids first.</summary>
    /// <param name="probabilities">Of all tokens by id, [V].</param>
    /// <param name="count">How many are wanted; all if there are no more.</param>
    public static TokenProbability[] Top(float[] probabilities, int count)
    {
        var top = new PriorityQueue<int, (float, int)>(count + 1);
        for (int id = 0; id < probabilities.Length; id++)
        {
            // The least of those kept comes out first: the lowest probability, then the highest id.
            top.Enqueue(id, (probabilities[id], -id));
            if (top.Count > count)
            {
                top.Dequeue();
            }
        }

        var ids = new int[top.Count];
        for (int i = ids.Length - 1; i >= 0; i--)
        {
            ids[i] = top.Dequeue();
        }

        return Array.ConvertAll(ids, id => new TokenProbability(id, probabilities[id]));
    }
}
