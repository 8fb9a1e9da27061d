// SPDX-License-Identifier: Apache-2.0
using static TorchSharp.torch;

namespace BertManaged.Peers;

/// <summary>A padded batch in libtorch.</summary>
internal sealed class LibtorchBatch
{
    private const float Masked = -10000;

    /// <param name="batch">Its lengths.</param>
    /// <param name="vocabSize">V.</param>
    public LibtorchBatch(PeerBatch batch, int vocabSize)
    {
        int count = batch.Lengths.Length;
        Ids = randint(0, vocabSize, [count, batch.Width]);
        Types = zeros([count, batch.Width], ScalarType.Int64);
        Labels = randint(0, PeerModel.Classes, [count]);
        Mask = batch.Lengths.All(length => length == batch.Width) ? null : KeyMask(batch);
        MaskedIds = randint(0, vocabSize, [count * PeerBatch.Predictions]);
        MaskedRows = randint(0, count * batch.Width, [count * PeerBatch.Predictions]);
    }

    /// <summary>[B, S].</summary>
    public Tensor Ids { get; }

    /// <summary>[B, S].</summary>
    public Tensor Types { get; }

    /// <summary>Added to scores, [B, 1, 1, S]; null where nothing is padded, which libtorch is quicker with.</summary>
    public Tensor? Mask { get; }

    /// <summary>[B].</summary>
    public Tensor Labels { get; }

    /// <summary>Rows of the masked tokens, [P].</summary>
    public Tensor MaskedRows { get; }

    /// <summary>What stood there, [P].</summary>
    public Tensor MaskedIds { get; }

    private static Tensor KeyMask(PeerBatch batch)
    {
        var mask = new float[batch.Lengths.Length * batch.Width];
        for (int b = 0; b < batch.Lengths.Length; b++)
        {
            mask.AsSpan(b * batch.Width, batch.Width)[batch.Lengths[b]..].Fill(Masked);
        }

        return tensor(mask, [batch.Lengths.Length, 1, 1, batch.Width]);
    }
}
