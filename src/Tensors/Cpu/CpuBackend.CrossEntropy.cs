// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void CrossEntropy(Tensor logits, IndexTensor labels, Tensor weights, Tensor loss, Tensor logSumExp)
    {
        int columns = logits.Shape.Columns, rows = labels.Length;
        var losses = (double*)_partials.Floats(2L * rows);
        RunKernel(rows, RowChunk(columns), new CrossEntropyRows
        {
            Logits = Pointer(logits),
            Columns = columns,
            Labels = labels.Memory,
            Weights = Pointer(weights),
            Losses = losses,
            LogSumExp = Pointer(logSumExp),
        });

        double sum = 0;
        for (int r = 0; r < rows; r++)
        {
            sum += losses[r];
        }

        *Pointer(loss) = (float)sum;
    }

    /// <inheritdoc/>
    public void CrossEntropyBackward(
        Tensor logits, IndexTensor labels, Tensor weights, Tensor logSumExp, Tensor dLoss, GradientTarget dLogits)
    {
        int columns = logits.Shape.Columns;
        RunKernel(labels.Length, RowChunk(columns), new CrossEntropyGradientRows
        {
            Logits = Pointer(logits),
            Columns = columns,
            Labels = labels.Memory,
            Weights = Pointer(weights),
            LogSumExp = Pointer(logSumExp),
            Factor = *Pointer(dLoss),
            Gradient = Pointer(dLogits.Tensor),
            Add = dLogits.Accumulate,
        });
    }
}
