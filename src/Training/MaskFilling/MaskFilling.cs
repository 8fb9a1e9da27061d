// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>Asks a model which tokens stand behind the [MASK]s of texts.</summary>
/// <param name="model">The model.</param>
/// <param name="backend">Where it is.</param>
public sealed class MaskFilling(BertForMaskedLm model, IBackend backend)
{
    /// <summary>Probabilities of all tokens for each [MASK], every one as if the others stayed masked.</summary>
    /// <param name="texts">[B], each with at least one token; they go through the model together, which changes no result.</param>
    /// <returns>For each text and each of its [MASK]s the probabilities by id, [B][P][V].</returns>
    public float[][][] Probabilities(IReadOnlyList<MaskedText> texts)
    {
        var batch = new PackedBatch([.. texts.Select(text => text.InputIds)], [.. texts.Select(text => text.TokenTypeIds)]);
        int[] rows = [.. texts.SelectMany((text, b) => text.MaskPositions.Select(position => batch.Layout.Start(b) + position))];
        float[][] all = rows.Length == 0 ? [] : Probabilities(batch, rows);
        int[] ends = new int[texts.Count + 1];
        for (int b = 0; b < texts.Count; b++)
        {
            ends[b + 1] = ends[b] + texts[b].MaskPositions.Length;
        }

        return [.. texts.Select((_, b) => all[ends[b]..ends[b + 1]])];
    }

    private float[][] Probabilities(PackedBatch batch, int[] rows)
    {
        var tape = new Tape(backend, isRecording: false);
        Variable logits = model.Logits(tape, batch, new IndexTensor(rows));              // [P, V]
        var values = new float[logits.Value.Length];
        backend.CopyToHost(logits.Value, values);
        float[][] probabilities = [.. values.Chunk(logits.Shape.Columns)];
        tape.Reset();
        Array.ForEach(probabilities, row => Softmax.Probabilities(row, row));
        return probabilities;
    }
}
