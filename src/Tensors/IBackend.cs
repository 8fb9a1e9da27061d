// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The contract between the engine and what computes: memory, and the kernels on it. This file is the engine's
/// table of contents. Implementations: Reference (float64, the textbook), Cpu (float32, SIMD), Gpu (float32, ILGPU).</summary>
/// <remarks>Rules: destinations come last; statistics that the backward kernel needs are explicit outputs; arrays are contiguous;
/// scalars are double; a gradient comes with the word whether to overwrite or to add; null means not needed; targets of one
/// call may be the same tensor and are served in the order of the arguments, the first one's word first; no kernel knows of
/// training, parameters or BERT. Shapes are checked by the ops above, not here. Letters: R rows, H hidden size, V table rows,
/// C classes, B sequences, N heads, D head size = H / N, S rows of a sequence, Q rows that ask.</remarks>
public interface IBackend : IDisposable
{
    /// <summary>Short name: reference, cpu, cuda …</summary>
    string Name { get; }

    /// <summary>Bytes of an element of a tensor: 4 where it computes in float32, 8 in float64.</summary>
    int ElementBytes { get; }

    /// <summary>Bytes of memory held for the step.</summary>
    long StepBytes { get; }

    // ---- memory --------------------------------------------------------------------------------------------------

    /// <summary>New memory of undefined content.</summary>
    Tensor Allocate(Shape shape, Lifetime lifetime);

    /// <summary>Takes back the memory of a step tensor before the step is over; it may be handed out again within the step.</summary>
    /// <param name="stepTensor">As <see cref="Allocate"/> gave it, no view. It must not be used any more.</param>
    /// <exception cref="InvalidOperationException">It is none, or was released before. A second release is always found where memory
    /// is poisoned, and elsewhere unless the memory was handed out again.</exception>
    void Release(Tensor stepTensor);

    /// <summary>Takes back all step memory. Step tensors must not be used any more.</summary>
    void ResetStep();

    /// <summary>Copies host values into a tensor, rounding if the backend computes in float32.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    void CopyFromHost(ReadOnlySpan<double> source, Tensor y);

    /// <inheritdoc cref="CopyFromHost(ReadOnlySpan{double}, Tensor)"/>
    void CopyFromHost(ReadOnlySpan<float> source, Tensor y);

    /// <summary>Copies a tensor to the host. Waits for all kernels before it.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    void CopyToHost(Tensor x, Span<double> destination);

    /// <summary>Copies a tensor to the host, rounding if the backend computes in float64. Waits for all kernels before it.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    void CopyToHost(Tensor x, Span<float> destination);

    // ---- element by element --------------------------------------------------------------------------------------

    /// <summary>y = value.</summary>
    void Fill(double value, Tensor y);

    /// <summary>y = x or y += x: passes a gradient on.</summary>
    void Copy(Tensor x, GradientTarget y);

    /// <summary>y = a + b. y may be a.</summary>
    void Add(Tensor a, Tensor b, Tensor y);

    /// <summary>y = x / (1 − p) where the mask keeps the element, else 0. Its own backward: the gradient goes the same way. Element h of
    /// row r has the number <see cref="DropoutMask.FirstOf"/> + h.</summary>
    void Dropout(Tensor x, in DropoutMask mask, GradientTarget y);

    /// <summary>y = max(x, 0).</summary>
    void Relu(Tensor x, Tensor y);

    /// <summary>dX = dY where x &gt; 0, else 0.</summary>
    void ReluBackward(Tensor x, Tensor dY, GradientTarget dX);

    /// <summary>y = tanh(x).</summary>
    void Tanh(Tensor x, Tensor y);

    /// <summary>dX = dY · (1 − y²), from the output y.</summary>
    void TanhBackward(Tensor y, Tensor dY, GradientTarget dX);

    /// <summary>y = gelu(x), in either form.</summary>
    /// <remarks>Hendrycks, Gimpel 2016 (arXiv:1606.08415).</remarks>
    void Gelu(Tensor x, GeluForm form, Tensor y);

    /// <summary>dX = dY · gelu′(x).</summary>
    void GeluBackward(Tensor x, GeluForm form, Tensor dY, GradientTarget dX);

    // ---- rows ----------------------------------------------------------------------------------------------------

    /// <summary>y[r] = table[ids[r]]: embedding lookup, and selection of rows.</summary>
    /// <param name="table">[V, H].</param>
    /// <param name="ids">Row numbers in [0, V), [R].</param>
    /// <param name="y">[R, H].</param>
    void Gather(Tensor table, IndexTensor ids, Tensor y);

    /// <summary>dTable[ids[r]] += dY[r], rows of equal ids added in ascending r. Overwrite first clears the stale rows.</summary>
    /// <param name="ids">Row numbers in [0, V), [R].</param>
    /// <param name="dY">[R, H].</param>
    /// <param name="stale">Numbers of all rows of dTable that may be other than 0, distinct; null: any may. Not read where dTable
    /// accumulates.</param>
    /// <param name="dTable">[V, H].</param>
    void GatherBackward(IndexTensor ids, Tensor dY, IndexTensor? stale, GradientTarget dTable);

    /// <summary>y[r,o] = Σ_i x[r,i] · weight[o,i] + bias[o].</summary>
    /// <param name="x">[R, I].</param>
    /// <param name="weight">[O, I].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <param name="y">[R, O].</param>
    /// <remarks>The order of summation over i does not depend on R.</remarks>
    void Linear(Tensor x, Tensor weight, Tensor? bias, Tensor y);

    /// <summary>dX = dY · weight, dWeight = dYᵀ · x, dBias = Σ_r dY[r]; each target in memory of its own.</summary>
    void LinearBackward(Tensor x, Tensor weight, Tensor dY, GradientTarget? dX, GradientTarget? dWeight, GradientTarget? dBias);

    /// <summary>y[r,h] = (x[r,h] − mean[r]) · rstd[r] · gamma[h] + beta[h], rstd = 1/√(variance + epsilon), biased
    /// variance.</summary>
    /// <param name="x">[R, H].</param>
    /// <param name="gamma">Scale, [H].</param>
    /// <param name="beta">Shift, [H].</param>
    /// <param name="epsilon">BERT uses 1e-12.</param>
    /// <param name="y">[R, H].</param>
    /// <param name="mean">Row means, [R], for the backward kernel.</param>
    /// <param name="rstd">Reciprocal standard deviations, [R], for the backward kernel.</param>
    /// <remarks>Ba, Kiros, Hinton 2016 (arXiv:1607.06450), eq. 4.</remarks>
    void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd);

    /// <summary>With x̂ = (x − mean) · rstd and g = dY · gamma: dX = rstd · (g − mean_h(g) − x̂ · mean_h(g · x̂)),
    /// dGamma = Σ_r dY · x̂, dBeta = Σ_r dY.</summary>
    void LayerNormBackward(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta);

    /// <summary>sum = dropout(x) + residual, y = the <see cref="LayerNorm"/> of it: how each block of a layer ends.</summary>
    /// <param name="x">[R, H].</param>
    /// <param name="residual">[R, H].</param>
    /// <param name="dropout">Of x, numbered as in <see cref="Dropout"/>; or null.</param>
    /// <param name="gamma">Scale, [H].</param>
    /// <param name="beta">Shift, [H].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="sum">[R, H], for the backward kernel.</param>
    /// <param name="y">[R, H].</param>
    /// <param name="mean">Row means of the sum, [R], for the backward kernel.</param>
    /// <param name="rstd">Reciprocal standard deviations of the sum, [R], for the backward kernel.</param>
    void ResidualLayerNorm(
        Tensor x, Tensor residual, DropoutMask? dropout, Tensor gamma, Tensor beta, double epsilon, Tensor sum, Tensor y, Tensor mean,
        Tensor rstd);

    /// <summary>With dSum as dX of <see cref="LayerNormBackward"/>: dX = dropout(dSum), dResidual = dSum; dGamma, dBeta as there.</summary>
    void ResidualLayerNormBackward(
        Tensor sum, DropoutMask? dropout, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dResidual,
        GradientTarget? dGamma, GradientTarget? dBeta);

    // ---- attention -----------------------------------------------------------------------------------------------

    /// <summary>For each query of each sequence and head n: probs = softmax(scale · q·kᵀ) over the keys of the sequence, dropped by the
    /// mask; context = dropped probs · v. Head n has columns n·D to (n+1)·D of query, key, value and context.</summary>
    /// <param name="query">[Q, H]: the queries of all sequences, packed as the rows are. Q = R where all rows ask.</param>
    /// <param name="key">[R, H].</param>
    /// <param name="value">[R, H].</param>
    /// <param name="layout">Where the sequences are; keys of a sequence are its first rows; which rows ask.</param>
    /// <param name="heads">N, a divisor of H.</param>
    /// <param name="scale">1/√D.</param>
    /// <param name="dropout">Over the probabilities, numbered by <see cref="SequenceLayout.ProbabilityNumber"/>; or null.</param>
    /// <param name="context">[Q, H].</param>
    /// <param name="probs">Probabilities before dropout, one sequence after another, each [N, queries, keys]; or null where nobody will
    /// read them.</param>
    /// <remarks>Vaswani et al. 2017 (arXiv:1706.03762), §3.2; the softmax is shifted by the row's maximum.</remarks>
    void Attention(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor context, Tensor? probs);

    /// <summary>The gradients of <see cref="Attention"/> by query, key and value.</summary>
    void AttentionBackward(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor probs, Tensor dContext, GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue);

    // ---- losses --------------------------------------------------------------------------------------------------

    /// <summary>loss = Σ_r weights[r] · (logSumExp[r] − logits[r, labels[r]]).</summary>
    /// <param name="logits">[R, C].</param>
    /// <param name="labels">Classes in [0, C), [R].</param>
    /// <param name="weights">[R]; 1/R for the mean. A row of weight 0 takes no part.</param>
    /// <param name="loss">Scalar.</param>
    /// <param name="logSumExp">Log of the sum of exponentials of each row, shifted by its maximum, [R].</param>
    void CrossEntropy(Tensor logits, IndexTensor labels, Tensor weights, Tensor loss, Tensor logSumExp);

    /// <summary>dLogits[r,c] = dLoss · weights[r] · (exp(logits[r,c] − logSumExp[r]) − [c = labels[r]]).</summary>
    void CrossEntropyBackward(
        Tensor logits, IndexTensor labels, Tensor weights, Tensor logSumExp, Tensor dLoss, GradientTarget dLogits);

    /// <summary>loss = mean over all elements of (x − targets)².</summary>
    /// <param name="x">Predictions, any shape.</param>
    /// <param name="targets">Of the same length.</param>
    /// <param name="loss">Scalar.</param>
    void MeanSquaredError(Tensor x, Tensor targets, Tensor loss);

    /// <summary>dX = dLoss · 2 (x − targets) / length.</summary>
    void MeanSquaredErrorBackward(Tensor x, Tensor targets, Tensor dLoss, GradientTarget dX);

    /// <summary>The column of the largest number of each row, the first of equal ones; 0 for a row that is all NaN. Waits for all
    /// kernels before it.</summary>
    /// <param name="x">[R, C].</param>
    /// <param name="columns">On the host, [R].</param>
    void ArgMax(Tensor x, Span<int> columns);

    // ---- optimizer -----------------------------------------------------------------------------------------------

    /// <summary>Σ x², block by block in a fixed order, added up in double. Waits for all kernels before it.</summary>
    /// <param name="x">Any shape; [V, H] where rows are given.</param>
    /// <param name="rows">Numbers of all rows that may be other than 0, distinct and ascending; null: any may. The sum has the same bits
    /// either way.</param>
    double SumOfSquares(Tensor x, IndexTensor? rows);

    /// <summary>Google's AdamWeightDecayOptimizer: g = scale · gradient; m = β₁m + (1−β₁)g; v = β₂v + (1−β₂)g²;
    /// u = m / (√v + ε) + decay · p; p = p − rate · u. No bias correction.</summary>
    /// <remarks>google-research/bert optimization.py, apply_gradients.</remarks>
    void AdamWeightDecay(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v);

    /// <summary>AdamW with bias correction: p = p · (1 − rate · decay); m and v as usual;
    /// p = p − rate / (1−β₁ᵗ) · m / (√v / √(1−β₂ᵗ) + ε).</summary>
    /// <remarks>Loshchilov, Hutter 2019 (arXiv:1711.05101), in the order of torch.optim.AdamW.</remarks>
    void AdamW(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v);
}
