// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void MeanSquaredError(Tensor x, Tensor targets, Tensor loss)
    {
        // One number an example: not worth a vector, and double costs nothing.
        ReadOnlySpan<float> prediction = Values(x), target = Values(targets);
        double sum = 0;
        for (int i = 0; i < prediction.Length; i++)
        {
            double difference = (double)prediction[i] - target[i];
            sum += difference * difference;
        }

        *Pointer(loss) = (float)(sum / prediction.Length);
    }

    /// <inheritdoc/>
    public void MeanSquaredErrorBackward(Tensor x, Tensor targets, Tensor dLoss, GradientTarget dX) =>
        RunMap(new ScaledDifference((float)(*Pointer(dLoss) * 2.0 / x.Length)), x, targets, dX);

    private readonly struct ScaledDifference(float scale) : IPairMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x, V target)
            where V : unmanaged, ISimd<V> => V.Broadcast(scale) * (x - target);
    }
}
