// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

/// <summary>Every operation of <see cref="ISimd{TSelf}"/> against plain floats, at every width.</summary>
public class LanesTests
{
    // Pairs and triples are made of these; the distance of 16 lanes keeps every lane busy with other values.
    private static readonly float[] Values =
    [
        0f, -0f, 1f, -1f, 0.1f, -0.3f, 3e38f, -3e38f, 1e-45f, -1e-40f, float.PositiveInfinity, float.NegativeInfinity, 16777217f,
        1.0000001f, -2.5f, 7f, 12345.678f,
    ];

    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Operations_OnAllTriples_AreThoseOfFloats(SimdLevel level) => Simd.Run(level, default(Triples));

    [Theory]
    [MemberData(nameof(Supported))]
    public void MaxAndMin_WithNaNSecond_KeepIt(SimdLevel level) => Simd.Run(level, default(NaNs));

    [Theory]
    [MemberData(nameof(Supported))]
    public void Sum_OfLanes_AddsHalvesUntilOneIsLeft(SimdLevel level) => Simd.Run(level, default(Sums));

    [Theory]
    [MemberData(nameof(Supported))]
    public void TimesPowerOfTwo_DownToDenormalNumbers_IsRoundedOnce(SimdLevel level) => Simd.Run(level, default(Powers));

    private readonly unsafe struct Powers : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            var random = new Random(7);
            float* values = stackalloc float[V.Count], exponents = stackalloc float[V.Count];
            for (int round = 0; round < 5000; round++)
            {
                for (int i = 0; i < V.Count; i++)
                {
                    values[i] = round == 0 ? float.NaN : (float)(0.5 + (1.5 * random.NextDouble()));
                    exponents[i] = random.Next(-250, 255);
                }

                V found = V.TimesPowerOfTwo(V.Load(values), V.Load(exponents));
                for (int i = 0; i < V.Count; i++)
                {
                    // In double nothing is rounded before the conversion.
                    Assert.Equal((float)(values[i] * Math.Pow(2, exponents[i])), ((float*)&found)[i]);
                }
            }
        }
    }

    private readonly unsafe struct Triples : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            foreach (float a in Values)
            {
                foreach (float b in Values)
                {
                    foreach (float c in Values)
                    {
                        Check<V>(a, b, c);
                    }
                }
            }
        }

        private static void Check<V>(float a, float b, float c)
            where V : unmanaged, ISimd<V>
        {
            V x = V.Broadcast(a), y = V.Broadcast(b), z = V.Broadcast(c);
            AllLanes(MathF.FusedMultiplyAdd(a, b, c), V.FusedMultiplyAdd(x, y, z), "fma");
            AllLanes(MathF.FusedMultiplyAdd(a, b, c), V.FusedMultiplyAdd(&a, y, z), "fma with a float from memory");
            AllLanes(a + b, x + y, "+");
            AllLanes(a - b, x - y, "-");
            AllLanes(a * b, x * y, "*");
            AllLanes(a / b, x / y, "/");
            AllLanes(-a, -x, "negation");
            AllLanes(MathF.Abs(a), V.Abs(x), "abs");
            AllLanes(MathF.Sqrt(a), V.Sqrt(x), "sqrt");
            AllLanes(a > b ? c : a, V.Select(V.GreaterThan(x, y), z, x), ">");
            AllLanes(a < b ? c : a, V.Select(V.LessThan(x, y), z, x), "<");
            AllLanes(a == b ? c : a, V.Select(V.AreEqual(x, y), z, x), "=");
            AllLanes(a >= b ? a : b, V.Max(x, y), "max");
            AllLanes(a <= b ? a : b, V.Min(x, y), "min");
            CheckBits(BitConverter.SingleToUInt32Bits(a), BitConverter.SingleToUInt32Bits(b), x, y);
        }

        private static void CheckBits<V>(uint a, uint b, V x, V y)
            where V : unmanaged, ISimd<V>
        {
            AllBits(a & b, x & y, "and");
            AllBits(a | b, x | y, "or");
            AllBits(a ^ b, x ^ y, "xor");
            AllBits(unchecked(a + b), V.AddBits(x, y), "add bits");
            AllBits(unchecked(a - b), V.SubtractBits(x, y), "subtract bits");
            AllBits(a << 5, V.ShiftLeft(x, 5), "shift left");
            AllBits((uint)((int)a >> 5), V.ShiftRight(x, 5), "shift right");
            AllBits(a >= b ? uint.MaxValue : 0, V.AtLeastBits(x, y), "at least");
        }

        private static void AllLanes<V>(float expected, V found, string what)
            where V : unmanaged, ISimd<V>
        {
            var lanes = new ReadOnlySpan<float>(&found, V.Count);
            foreach (float lane in lanes)
            {
                // The sign of a zero or NaN out of max and min is the machine's choice.
                Assert.True(expected.Equals(lane), $"{what}: expected {expected:R}, found {lane:R}");
            }
        }

        private static void AllBits<V>(uint expected, V found, string what)
            where V : unmanaged, ISimd<V>
        {
            foreach (uint lane in new ReadOnlySpan<uint>(&found, V.Count))
            {
                Assert.True(expected == lane, $"{what}: expected {expected:X8}, found {lane:X8}");
            }
        }
    }

    private readonly struct NaNs : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            V nan = V.Broadcast(float.NaN), one = V.Broadcast(1f);
            Assert.True(float.IsNaN(Tail.First(V.Max(one, nan))));
            Assert.True(float.IsNaN(Tail.First(V.Min(one, nan))));
        }
    }

    private readonly unsafe struct Sums : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            var random = new Random(5);
            for (int round = 0; round < 100; round++)
            {
                var values = new float[V.Count];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 5)));
                }

                fixed (float* source = values)
                {
                    Assert.Equal(Halving(values), V.Sum(V.Load(source)));
                    Assert.Equal(values.Max(), V.Largest(V.Load(source)));
                }
            }
        }

        private static float Halving(float[] values) => values.Length == 1
            ? values[0]
            : Halving([.. values[..(values.Length / 2)].Zip(values[(values.Length / 2)..], (a, b) => a + b)]);
    }
}
