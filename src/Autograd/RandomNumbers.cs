// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Repeatable random numbers for checks and initial weights: number i of a stream depends on nothing but (seed, stream,
/// i).</summary>
/// <param name="seed">Of the run.</param>
/// <param name="stream">Which sequence of numbers.</param>
public sealed class RandomNumbers(ulong seed, uint stream)
{
    private long _next;

    /// <summary>Uniform in (0, 1).</summary>
    public double Uniform()
    {
        (uint x0, uint x1, _, _) = NextBlock();
        return Unit(x0, x1);
    }

    /// <summary>The middle of one of 2⁵² equal parts of (0, 1). With 2⁵³ the last middle would round to 1.</summary>
    internal static double Unit(uint x0, uint x1) => ((x0 >> 5) * 33554432.0 + (x1 >> 7) + 0.5) / 4503599627370496.0;

    /// <summary>Uniform in [0, <paramref name="bound"/>).</summary>
    public int Below(int bound) => (int)(Uniform() * bound);

    /// <summary>Normal with mean 0 and deviation 1, by the transform of Box and Muller (1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Normal, redrawn until within two deviations: the initialiser of BERT's weights.</summary>
    public double TruncatedNormal()
    {
        double value;
        do
        {
            value = Normal();
        }
        while (Math.Abs(value) > 2);

        return value;
    }

    /// <summary>As many normal numbers.</summary>
    public double[] Normals(int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Normal();
        }

        return values;
    }

    private (uint, uint, uint, uint) NextBlock()
    {
        long block = _next++;
        return Philox.Block((uint)block, (uint)(block >> 32), stream, 0x52414E44, (uint)seed, (uint)(seed >> 32));
    }
}
