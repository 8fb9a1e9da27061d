// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

/// <summary>One thread or many: the same bits, at every width.</summary>
public class ThreadCountTests
{
    private const int Rows = 97;
    private const int Columns = 1111;

    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Kernels_OnAnyNumberOfThreads_GiveTheSameBits(SimdLevel level)
    {
        float[][] expected = Results(1, level);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            float[][] found = Results(threads, level);
            for (int i = 0; i < expected.Length; i++)
            {
                HostArrays.AssertSameBits(expected[i], found[i], $"result {i} on {threads} threads");
            }
        }
    }

    private static float[][] Results(int threads, SimdLevel level)
    {
        using var backend = new CpuBackend(threads, level);
        const int Length = Rows * Columns;
        float[] values = Case.Normal(new Random(1), Length, 2);
        Tensor x = backend.Upload(new Shape(Rows, Columns), values), dY = backend.Upload(new Shape(Rows, Columns), [.. values.Reverse()]);
        return
        [
            backend.Output(Length, y => backend.Gelu(x, GeluForm.Erf, y)),
            backend.Output(Length, y => backend.Gelu(x, GeluForm.Tanh, y)),
            backend.Gradient(Length, dX => backend.GeluBackward(x, GeluForm.Erf, dY, dX)),
            backend.Gradient(Length, dX => backend.GeluBackward(x, GeluForm.Tanh, dY, dX)),
            backend.Output(Length, y => backend.Tanh(x, y)),
            backend.Output(Length, y => backend.Relu(x, y)),
            backend.Gradient(Length, y => backend.Dropout(x, new DropoutMask(0.1, 1, 2, 3), y)),
            .. LayerNorm(backend, x, dY),
            .. CrossEntropy(backend, x),
            backend.Output(1, loss => backend.MeanSquaredError(x, dY, loss)),
        ];
    }

    private static float[][] LayerNorm(CpuBackend backend, Tensor x, Tensor dY)
    {
        Tensor gamma = backend.Vector(Case.Normal(new Random(2), Columns)), beta = backend.Vector(Case.Normal(new Random(3), Columns));
        Tensor mean = backend.Poisoned(new Shape(Rows)), rstd = backend.Poisoned(new Shape(Rows));
        return
        [
            backend.Output(Rows * Columns, y => backend.LayerNorm(x, gamma, beta, 1e-12, y, mean, rstd)),
            backend.Download(mean),
            backend.Download(rstd),
            backend.Gradient(Rows * Columns, dX => backend.LayerNormBackward(x, gamma, mean, rstd, dY, dX, null, null)),
            backend.Gradient(Columns, dGamma => backend.LayerNormBackward(x, gamma, mean, rstd, dY, null, dGamma, null)),
            backend.Gradient(Columns, dBeta => backend.LayerNormBackward(x, gamma, mean, rstd, dY, null, null, dBeta)),
        ];
    }

    private static float[][] CrossEntropy(CpuBackend backend, Tensor logits)
    {
        var labels = new IndexTensor([.. Enumerable.Range(0, Rows).Select(r => r * 7 % Columns)]);
        Tensor weights = backend.Vector([.. Enumerable.Range(0, Rows).Select(r => 1f / (r + 1))]);
        Tensor logSumExp = backend.Poisoned(new Shape(Rows)), one = backend.Vector([1f]);
        return
        [
            backend.Output(1, loss => backend.CrossEntropy(logits, labels, weights, loss, logSumExp)),
            backend.Download(logSumExp),
            backend.Gradient(Rows * Columns, d => backend.CrossEntropyBackward(logits, labels, weights, logSumExp, one, d)),
        ];
    }
}
