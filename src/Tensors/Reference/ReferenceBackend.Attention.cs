// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Attention(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor context, Tensor? probs)
    {
        int hidden = query.Shape.Columns, headSize = hidden / heads;
        Span<double> q = Values(query), k = Values(key), v = Values(value), output = Values(context);
        output.Clear();
        double[]? unwanted = probs is null ? new double[layout.LongestKeys] : null;
        foreach (Head head in Heads(layout, heads, hidden))
        {
            for (int i = 0; i < head.Queries; i++)
            {
                Span<double> p = unwanted is not null ? unwanted.AsSpan(0, head.Keys)
                    : Values(probs!).Slice(head.Probabilities + (i * head.Keys), head.Keys);
                for (int j = 0; j < head.Keys; j++)
                {
                    p[j] = 0;
                    for (int d = 0; d < headSize; d++)
                    {
                        p[j] += scale * q[head.Query(i, d)] * k[head.Key(j, d)];
                    }
                }

                Softmax(p);
                for (int j = 0; j < head.Keys; j++)
                {
                    double dropped = p[j] * Kept(dropout, head.Number(i) + j);
                    for (int d = 0; d < headSize; d++)
                    {
                        output[head.Query(i, d)] += dropped * v[head.Key(j, d)];
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void AttentionBackward(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor probs, Tensor dContext, GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue)
    {
        int hidden = query.Shape.Columns, headSize = hidden / heads;
        Span<double> q = Values(query), k = Values(key), v = Values(value), p = Values(probs), dOutput = Values(dContext);
        Span<double> dQ = Gradient(dQuery), dK = Gradient(dKey), dV = Gradient(dValue);
        var dP = new double[layout.LongestKeys];
        foreach (Head head in Heads(layout, heads, hidden))
        {
            for (int i = 0; i < head.Queries; i++)
            {
                int row = head.Probabilities + (i * head.Keys);
                double weighted = 0;
                for (int j = 0; j < head.Keys; j++)
                {
                    dP[j] = 0;
                    double kept = Kept(dropout, head.Number(i) + j);
                    for (int d = 0; d < headSize; d++)
                    {
                        dP[j] += kept * dOutput[head.Query(i, d)] * v[head.Key(j, d)];
                        if (dValue is not null)
                        {
                            dV[head.Key(j, d)] += kept * p[row + j] * dOutput[head.Query(i, d)];
                        }
                    }

                    weighted += p[row + j] * dP[j];
                }

                for (int j = 0; j < head.Keys; j++)
                {
                    double dScore = scale * p[row + j] * (dP[j] - weighted);
                    for (int d = 0; d < headSize; d++)
                    {
                        if (dQuery is not null)
                        {
                            dQ[head.Query(i, d)] += dScore * k[head.Key(j, d)];
                        }

                        if (dKey is not null)
                        {
                            dK[head.Key(j, d)] += dScore * q[head.Query(i, d)];
                        }
                    }
                }
            }
        }
    }

    /// <summary>What dropout multiplies element <paramref name="index"/> by.</summary>
    private static double Kept(DropoutMask? dropout, long index) =>
        dropout is { } mask ? mask.Keeps(index) ? mask.Scale : 0 : 1;

    /// <summary>p[j] = exp(p[j] − max) / Σ exp(p[i] − max).</summary>
    private static void Softmax(Span<double> p)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double score in p)
        {
            max = Math.Max(max, score);
        }

        for (int j = 0; j < p.Length; j++)
        {
            p[j] = Math.Exp(p[j] - max);
            sum += p[j];
        }

        for (int j = 0; j < p.Length; j++)
        {
            p[j] /= sum;
        }
    }

    private static IEnumerable<Head> Heads(SequenceLayout layout, int heads, int hidden)
    {
        for (int b = 0; b < layout.Count; b++)
        {
            for (int n = 0; n < heads; n++)
            {
                yield return new Head(layout, heads, hidden, b, n);
            }
        }
    }

    /// <summary>Head n of sequence b: its size, where its probabilities begin, and where its block of columns lies.</summary>
    private readonly record struct Head(SequenceLayout Layout, int Heads, int Hidden, int B, int N)
    {
        public int Queries => Layout.Queries(B);

        public int Keys => Layout.Keys(B);

        public int Probabilities => checked((int)Layout.ProbabilityStart(B, Heads)) + (N * Queries * Keys);

        public long Number(int query) => Layout.ProbabilityNumber(B, Heads, N, query);

        public int Query(int query, int column) => ((Layout.QueryStart(B) + query) * Hidden) + (N * (Hidden / Heads)) + column;

        public int Key(int key, int column) => ((Layout.Start(B) + key) * Hidden) + (N * (Hidden / Heads)) + column;
    }
}
