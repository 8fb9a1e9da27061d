// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public double SumOfSquares(Tensor x, IndexTensor? rows)
    {
        double sum = 0;
        if (rows is null)
        {
            return AddSquares(sum, Values(x));
        }

        foreach (int row in rows.Values)
        {
            sum = AddSquares(sum, Values(x).Slice(row * x.Shape.Columns, x.Shape.Columns));
        }

        return sum;
    }

    private static double AddSquares(double sum, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }

    /// <inheritdoc/>
    public void AdamWeightDecay(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v)
    {
        Span<double> g = Values(gradient), p = Values(parameter), first = Values(m), second = Values(v);
        for (int i = 0; i < p.Length; i++)
        {
            double scaled = step.GradientScale * g[i];
            first[i] = (step.Beta1 * first[i]) + ((1 - step.Beta1) * scaled);
            second[i] = (step.Beta2 * second[i]) + ((1 - step.Beta2) * scaled * scaled);
            double update = (first[i] / (Math.Sqrt(second[i]) + step.Epsilon)) + (step.WeightDecay * p[i]);
            p[i] -= step.LearningRate * update;
        }
    }

    /// <inheritdoc/>
    public void AdamW(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v)
    {
        Span<double> g = Values(gradient), p = Values(parameter), first = Values(m), second = Values(v);
        double correction1 = 1 - Math.Pow(step.Beta1, step.Number), correction2 = 1 - Math.Pow(step.Beta2, step.Number);
        for (int i = 0; i < p.Length; i++)
        {
            double scaled = step.GradientScale * g[i];
            p[i] *= 1 - (step.LearningRate * step.WeightDecay);
            first[i] = (step.Beta1 * first[i]) + ((1 - step.Beta1) * scaled);
            second[i] = (step.Beta2 * second[i]) + ((1 - step.Beta2) * scaled * scaled);
            double denominator = (Math.Sqrt(second[i]) / Math.Sqrt(correction2)) + step.Epsilon;
            p[i] -= step.LearningRate / correction1 * first[i] / denominator;
        }
    }
}
