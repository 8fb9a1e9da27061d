// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

/// <summary>Attention and its gradients in double, straight from the formulas, for a packed batch.</summary>
internal sealed class NaiveAttention(SequenceLayout layout, int heads, int hidden, double scale, DropoutMask? dropout)
{
    private readonly int _size = hidden / heads;

    public double[] Probs { get; } = new double[layout.ProbabilityStart(layout.Count, heads)];

    public double[] Context { get; } = new double[layout.TotalRows * hidden];

    public double[] DQuery { get; } = new double[layout.TotalRows * hidden];

    public double[] DKey { get; } = new double[layout.TotalRows * hidden];

    public double[] DValue { get; } = new double[layout.TotalRows * hidden];

    public NaiveAttention Run(float[] query, float[] key, float[] value, float[] dContext)
    {
        for (int b = 0; b < layout.Count; b++)
        {
            for (int n = 0; n < heads; n++)
            {
                for (int i = 0; i < layout.Rows(b); i++)
                {
                    Row(b, n, i, query, key, value, dContext);
                }
            }
        }

        return this;
    }

    private void Row(int b, int n, int i, float[] query, float[] key, float[] value, float[] dContext)
    {
        int keys = layout.Keys(b), q = At(b, i, n);
        long first = layout.ProbabilityStart(b, heads) + ((((long)n * layout.Rows(b)) + i) * keys);
        double[] scores = [.. Enumerable.Range(0, keys).Select(j => scale * Dot(query, q, key, At(b, j, n)))];
        double max = scores.Max(), sum = scores.Sum(score => Math.Exp(score - max));
        double[] p = [.. scores.Select(score => Math.Exp(score - max) / sum)];
        double[] factor = [.. Enumerable.Range(0, keys).Select(j => Factor(first + j))];
        double[] dp = [.. Enumerable.Range(0, keys).Select(j => factor[j] * Dot(dContext, q, value, At(b, j, n)))];
        double mean = Enumerable.Range(0, keys).Sum(j => dp[j] * p[j]);
        for (int j = 0; j < keys; j++)
        {
            Probs[first + j] = p[j];
            int k = At(b, j, n);
            double dScore = scale * p[j] * (dp[j] - mean);
            for (int d = 0; d < _size; d++)
            {
                Context[q + d] += factor[j] * p[j] * value[k + d];
                DValue[k + d] += factor[j] * p[j] * dContext[q + d];
                DQuery[q + d] += dScore * key[k + d];
                DKey[k + d] += dScore * query[q + d];
            }
        }
    }

    private int At(int b, int row, int n) => ((layout.Start(b) + row) * hidden) + (n * _size);

    private double Factor(long element) => dropout is not { } mask ? 1 : mask.Keeps(element) ? mask.Scale : 0;

    private double Dot(float[] a, int i, float[] b, int j) => Enumerable.Range(0, _size).Sum(d => (double)a[i + d] * b[j + d]);
}
