// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BertManaged.Peers;

/// <summary>A layer of the encoder in libtorch.</summary>
internal sealed class LibtorchLayer : nn.Module
{
    private readonly TorchSharp.Modules.Linear _query, _key, _value, _attentionOutput, _intermediate, _output;
    private readonly TorchSharp.Modules.LayerNorm _attentionNorm, _outputNorm;
    private readonly Dropout _dropout;
    private readonly int _heads;
    private readonly bool _isFused;
    private readonly double _attentionDropout;

    public LibtorchLayer(BertConfig config, bool hasFusedAttention)
        : base("layer")
    {
        (_heads, _isFused, _attentionDropout) = (config.NumAttentionHeads, hasFusedAttention, config.AttentionProbsDropoutProb);
        long hidden = config.HiddenSize, inner = config.IntermediateSize;
        (_query, _key, _value) = (nn.Linear(hidden, hidden), nn.Linear(hidden, hidden), nn.Linear(hidden, hidden));
        _attentionOutput = nn.Linear(hidden, hidden);
        (_intermediate, _output) = (nn.Linear(hidden, inner), nn.Linear(inner, hidden));
        (_attentionNorm, _outputNorm) = (nn.LayerNorm(hidden, config.LayerNormEps), nn.LayerNorm(hidden, config.LayerNormEps));
        _dropout = nn.Dropout(config.HiddenDropoutProb);
        RegisterComponents();
    }

    /// <summary>[B, S, H] → [B, S, H].</summary>
    public Tensor Forward(Tensor hidden, Tensor? mask)
    {
        (long batch, long length, long width) = (hidden.shape[0], hidden.shape[1], hidden.shape[2]);
        Tensor query = Heads(_query), key = Heads(_key), value = Heads(_value);
        Tensor context = _isFused ? Fused(query, key, value, mask) : Plain(query, key, value, mask);
        Tensor joined = context.transpose(1, 2).reshape(batch, length, width);
        Tensor attention = _attentionNorm.forward(hidden + _dropout.forward(_attentionOutput.forward(joined)));
        Tensor active = nn.functional.gelu(_intermediate.forward(attention));
        return _outputNorm.forward(attention + _dropout.forward(_output.forward(active)));

        Tensor Heads(TorchSharp.Modules.Linear linear) =>
            linear.forward(hidden).view(batch, length, _heads, width / _heads).transpose(1, 2);
    }

    private Tensor Fused(Tensor query, Tensor key, Tensor value, Tensor? mask) => nn.functional.scaled_dot_product_attention(
        query, key, value, mask?.expand(query.shape[0], 1, query.shape[2], query.shape[2]), training ? _attentionDropout : 0.0);

    private Tensor Plain(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        Tensor scores = query.matmul(key.transpose(-1, -2)) / Math.Sqrt(query.shape[3]);
        Tensor masked = mask is null ? scores : scores + mask;
        return nn.functional.dropout(nn.functional.softmax(masked, -1), _attentionDropout, training).matmul(value);
    }
}
