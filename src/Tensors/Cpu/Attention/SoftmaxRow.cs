// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Softmax of a row of attention, forward and backward. The order of the sums depends on the number of keys alone.</summary>
internal static unsafe class SoftmaxRow<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>scores = scale · scores, and −∞ in what fills up the last register: it takes no part, e^−∞ = 0.</summary>
    /// <param name="scores">Padded to whole registers.</param>
    /// <param name="keys">How many.</param>
    /// <param name="scale">Factor.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float* scores, int keys, float scale)
    {
        V factor = V.Broadcast(scale);
        for (int j = 0; j < keys; j += V.Count)
        {
            V.Store(factor * V.Load(scores + j), scores + j);
        }

        new Span<float>(scores + keys, Blocking.RoundUp(keys, V.Count) - keys).Fill(float.NegativeInfinity);
    }

    /// <summary>probs = softmax(scores).</summary>
    /// <param name="scores">As <see cref="Scale"/> left them; overwritten.</param>
    /// <param name="keys">How many.</param>
    /// <param name="probs">Destination, not padded.</param>
    /// <param name="room">Floats of <paramref name="probs"/> that may be overwritten: this row and those behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* scores, int keys, float* probs, long room)
    {
        V largest = V.Broadcast(float.NegativeInfinity);
        for (int k = 0; k < keys; k += V.Count)
        {
            largest = V.Max(largest, V.Load(scores + k));
        }

        V max = V.Broadcast(V.Largest(largest)), sum = V.Zero;
        for (int k = 0; k < keys; k += V.Count)
        {
            V power = Exponential.Exp(V.Load(scores + k) - max);
            sum += power;
            V.Store(power, scores + k);
        }

        V divisor = V.Broadcast(V.Sum(sum));
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

    /// <summary>From the gradients of the probabilities those of the products q·k: scale · p · (dp − Σ dp · p).</summary>
    /// <param name="probs">Not padded.</param>
    /// <param name="keys">How many.</param>
    /// <param name="scale">Factor of the scores.</param>
    /// <param name="gradient">Padded to whole registers; in: dp, out: the result.</param>
    /// <param name="room">Floats of <paramref name="probs"/> that may be read: this row and those behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* probs, int keys, float scale, float* gradient, long room)
    {
        int whole = keys / V.Count * V.Count;
        V rest = whole + V.Count <= room ? V.Load(probs + whole) : Tail.Load<V>(probs + whole, keys - whole), sum = V.Zero;
        new Span<float>(gradient + keys, Blocking.RoundUp(keys, V.Count) - keys).Clear();
        for (int j = 0; j < keys; j += V.Count)
        {
            sum = V.FusedMultiplyAdd(V.Load(gradient + j), j < whole ? V.Load(probs + j) : rest, sum);
        }

        V mean = V.Broadcast(V.Sum(sum)), factor = V.Broadcast(scale);
        for (int j = 0; j < keys; j += V.Count)
        {
            V p = j < whole ? V.Load(probs + j) : rest;
            V.Store(factor * (p * (V.Load(gradient + j) - mean)), gradient + j);
        }
    }
}
