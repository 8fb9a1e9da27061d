// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Softmax of rows of attention, forward and backward. The order of the sums depends on the number of keys alone.</summary>
/// <remarks>Each step is done for some rows before the next one: a step ends with a number made of all lanes, for which the next
/// would wait, row by row.</remarks>
internal static unsafe class SoftmaxRows<V>
    where V : unmanaged, ISimd<V>
{
    // Of 128 or 256 keys they stay in the first-level cache.
    private const int AtOnce = 16;

    /// <summary>probs = softmax(scale · scores).</summary>
    /// <param name="scores">Rows padded to whole registers; overwritten.</param>
    /// <param name="stride">Floats from a row of the scores to the next.</param>
    /// <param name="rows">How many.</param>
    /// <param name="keys">Scores of a row.</param>
    /// <param name="scale">Factor of the scores.</param>
    /// <param name="probs">Destination, not padded, [rows, keys]. It may be where the scores are.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* scores, int stride, int rows, int keys, float scale, float* probs)
    {
        float* largest = stackalloc float[AtOnce], sums = stackalloc float[AtOnce];
        for (int first = 0; first < rows; first += AtOnce)
        {
            float* group = scores + ((long)first * stride), to = probs + ((long)first * keys);
            int count = Math.Min(AtOnce, rows - first);
            for (int i = 0; i < count; i++)
            {
                Scale(group + ((long)i * stride), keys, scale);
            }

            for (int i = 0; i < count; i++)
            {
                largest[i] = Largest(group + ((long)i * stride), keys);
            }

            for (int i = 0; i < count; i++)
            {
                sums[i] = Exponentials(group + ((long)i * stride), keys, largest[i]);
            }

            for (int i = 0; i < count; i++)
            {
                Divide(group + ((long)i * stride), keys, sums[i], to + ((long)i * keys), room: (long)(rows - first - i) * keys);
            }
        }
    }

    /// <summary>From the gradients of the probabilities those of the products q·k: scale · p · (dp − Σ dp · p).</summary>
    /// <param name="probs">Not padded, [rows, keys].</param>
    /// <param name="rows">How many.</param>
    /// <param name="keys">Of a row.</param>
    /// <param name="scale">Factor of the scores.</param>
    /// <param name="gradient">Rows padded to whole registers; in: dp, out: the result.</param>
    /// <param name="stride">Floats from a row of the gradient to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* probs, int rows, int keys, float scale, float* gradient, int stride)
    {
        float* means = stackalloc float[AtOnce];
        for (int first = 0; first < rows; first += AtOnce)
        {
            float* p = probs + ((long)first * keys), group = gradient + ((long)first * stride);
            int count = Math.Min(AtOnce, rows - first);
            for (int i = 0; i < count; i++)
            {
                means[i] = Mean(p + ((long)i * keys), keys, group + ((long)i * stride), room: (long)(rows - first - i) * keys);
            }

            for (int i = 0; i < count; i++)
            {
                long room = (long)(rows - first - i) * keys;
                Gradient(p + ((long)i * keys), keys, scale, means[i], group + ((long)i * stride), room);
            }
        }
    }

    /// <summary>scores = scale · scores, and −∞ in what fills up the last register: it takes no part, e^−∞ = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(float* scores, int keys, float scale)
    {
        V factor = V.Broadcast(scale);
        for (int j = 0; j < keys; j += V.Count)
        {
            V.Store(factor * V.Load(scores + j), scores + j);
        }

        new Span<float>(scores + keys, Blocking.RoundUp(keys, V.Count) - keys).Fill(float.NegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Largest(float* scores, int keys)
    {
        V largest = V.Broadcast(float.NegativeInfinity);
        for (int j = 0; j < keys; j += V.Count)
        {
            largest = V.Max(largest, V.Load(scores + j));
        }

        return V.Largest(largest);
    }

    /// <summary>scores = e^(scores − largest); gives back their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials(float* scores, int keys, float largest)
    {
        V max = V.Broadcast(largest), sum = V.Zero;
        for (int j = 0; j < keys; j += V.Count)
        {
            V power = Exponential.Exp(V.Load(scores + j) - max);
            sum += power;
            V.Store(power, scores + j);
        }

        return V.Sum(sum);
    }

    /// <summary>probs = scores / sum. Room are the floats of probs that may be overwritten: this row and those behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Divide(float* scores, int keys, float sum, float* probs, long room)
    {
        V divisor = V.Broadcast(sum);
        int j = 0;
        for (; j < keys && j + V.Count <= room; j += V.Count)
        {
            V.Store(V.Load(scores + j) / divisor, probs + j);
        }

        if (j < keys)
        {
            Tail.Store(V.Load(scores + j) / divisor, probs + j, keys - j);
        }
    }

    /// <summary>Σ gradient · probs, and 0 in what fills up the gradient's last register. Room are the floats of probs that may be
    /// read: this row and those behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Mean(float* probs, int keys, float* gradient, long room)
    {
        int whole = keys / V.Count * V.Count;
        new Span<float>(gradient + keys, Blocking.RoundUp(keys, V.Count) - keys).Clear();
        V sum = V.Zero;
        for (int j = 0; j < whole; j += V.Count)
        {
            sum = V.FusedMultiplyAdd(V.Load(gradient + j), V.Load(probs + j), sum);
        }

        if (whole < keys)
        {
            sum = V.FusedMultiplyAdd(V.Load(gradient + whole), Rest(probs, whole, keys, room), sum);
        }

        return V.Sum(sum);
    }

    /// <summary>gradient = scale · probs · (gradient − mean).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gradient(float* probs, int keys, float scale, float mean, float* gradient, long room)
    {
        int whole = keys / V.Count * V.Count;
        V means = V.Broadcast(mean), factor = V.Broadcast(scale);
        for (int j = 0; j < whole; j += V.Count)
        {
            V.Store(factor * (V.Load(probs + j) * (V.Load(gradient + j) - means)), gradient + j);
        }

        if (whole < keys)
        {
            V.Store(factor * (Rest(probs, whole, keys, room) * (V.Load(gradient + whole) - means)), gradient + whole);
        }
    }

    // What is in the lanes behind comes from the next row: it meets zeros in the sum, and goes to padding that nobody reads.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest(float* probs, int whole, int keys, long room) => whole + V.Count <= room
        ? V.Load(probs + whole)
        : Tail.Load<V>(probs + whole, keys - whole);
}
