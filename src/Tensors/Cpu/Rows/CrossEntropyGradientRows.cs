// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Gradients of <see cref="CrossEntropyRows"/>: weight · (softmax − one at the label).</summary>
internal readonly unsafe struct CrossEntropyGradientRows : IRangeKernel
{
    /// <summary>[R, C].</summary>
    public required float* Logits { get; init; }

    /// <summary>C.</summary>
    public required int Columns { get; init; }

    /// <summary>[R].</summary>
    public required ReadOnlyMemory<int> Labels { get; init; }

    /// <summary>[R].</summary>
    public required float* Weights { get; init; }

    /// <summary>[R], from the forward kernel.</summary>
    public required float* LogSumExp { get; init; }

    /// <summary>Gradient of the loss.</summary>
    public required float Factor { get; init; }

    /// <summary>Destination, [R, C].</summary>
    public required float* Gradient { get; init; }

    /// <summary>Whether to add to the destination.</summary>
    public required bool Add { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        ReadOnlySpan<int> labels = Labels.Span;
        for (int r = start; r < end; r++)
        {
            float* logits = Logits + ((long)r * Columns), gradient = Gradient + ((long)r * Columns);
            if (Weights[r] != 0)
            {
                Row<V>(logits, gradient, labels[r], LogSumExp[r], Factor * Weights[r]);
            }
            else if (!Add)
            {
                new Span<float>(gradient, Columns).Clear();
            }
        }
    }

    private void Row<V>(float* logits, float* gradient, int label, float logSumExp, float factor)
        where V : unmanaged, ISimd<V>
    {
        float before = Add ? gradient[label] : 0;
        var softmax = new GradientMap<ScaledExponential>(new ScaledExponential(logSumExp, factor), logits, logits, gradient, Add);
        softmax.Run<V>(0, Columns);

        // p − 1 is rounded before it is scaled: where p is near 1, factor · p − factor would lose its digits.
        float p = Tail.First(Exponential.Exp(V.Broadcast(logits[label] - logSumExp)));
        gradient[label] = before + (factor * (p - 1f));
    }

    private readonly struct ScaledExponential(float shift, float factor) : IPairMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x, V unused)
            where V : unmanaged, ISimd<V> => V.Broadcast(factor) * Exponential.Exp(x - V.Broadcast(shift));
    }
}
