// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>From the logits of one example to probabilities.</summary>
public static class Softmax
{
    /// <summary>pᵢ = exp(zᵢ − max z) / Σⱼ exp(zⱼ − max z), computed in float64, rounded once to float32.</summary>
    /// <param name="logits">[classes]</param>
    /// <param name="probabilities">[classes]; may be <paramref name="logits"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Probabilities(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        (double max, double sum) = Shifted(logits, probabilities.Length);
        for (int i = 0; i < logits.Length; i++)
        {
            probabilities[i] = (float)(Math.Exp(logits[i] - max) / sum);
        }
    }

    /// <summary>log pᵢ = zᵢ − log Σⱼ exp(zⱼ), computed in float64, rounded once to float32.</summary>
    /// <param name="logits">[classes]</param>
    /// <param name="logProbabilities">[classes]; may be <paramref name="logits"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LogProbabilities(ReadOnlySpan<float> logits, Span<float> logProbabilities)
    {
        (double max, double sum) = Shifted(logits, logProbabilities.Length);
        for (int i = 0; i < logits.Length; i++)
        {
            logProbabilities[i] = (float)(logits[i] - max - Math.Log(sum));
        }
    }

    /// <summary>Index of the largest value, the first of equal ones, as numpy has it.</summary>
    /// <param name="values">[classes], at least one.</param>
    public static int ArgMax(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    /// <summary>max z and Σⱼ exp(zⱼ − max z).</summary>
    private static (double Max, double Sum) Shifted(ReadOnlySpan<float> logits, int destinationLength)
    {
        if (logits.Length != destinationLength)
        {
            throw new ArgumentException($"Expected room for {logits.Length} values, but found {destinationLength}.");
        }

        double max = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
        {
            max = Math.Max(max, logit);
        }

        foreach (float logit in logits)
        {
            sum += Math.Exp(logit - max);
        }

        return (max, sum);
    }
}
