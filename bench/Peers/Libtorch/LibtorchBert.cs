// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BertManaged.Peers;

/// <summary>BERT as users of libtorch write it, with the heads of classification and of pre-training.</summary>
internal sealed class LibtorchBert : nn.Module
{
    private readonly Embedding _words, _positions, _types;
    private readonly TorchSharp.Modules.LayerNorm _norm, _headNorm;
    private readonly Dropout _dropout;
    private readonly LibtorchLayer[] _layers;
    private readonly TorchSharp.Modules.Linear _pooler, _classifier, _transform, _next;
    private readonly TorchSharp.Modules.Parameter _wordBias;

    public LibtorchBert(BertConfig config, bool hasFusedAttention)
        : base("bert")
    {
        long hidden = config.HiddenSize;
        _words = nn.Embedding(config.VocabSize, hidden);
        _positions = nn.Embedding(config.MaxPositionEmbeddings, hidden);
        _types = nn.Embedding(config.TypeVocabSize, hidden);
        (_norm, _headNorm) = (nn.LayerNorm(hidden, config.LayerNormEps), nn.LayerNorm(hidden, config.LayerNormEps));
        _dropout = nn.Dropout(config.HiddenDropoutProb);
        (_pooler, _transform) = (nn.Linear(hidden, hidden), nn.Linear(hidden, hidden));
        (_classifier, _next) = (nn.Linear(hidden, PeerModel.Classes), nn.Linear(hidden, 2));
        _wordBias = new TorchSharp.Modules.Parameter(zeros(config.VocabSize));
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new LibtorchLayer(config, hasFusedAttention))];
        for (int i = 0; i < _layers.Length; i++)
        {
            register_module($"layer{i}", _layers[i]);
        }

        RegisterComponents();
        using IDisposable noGradients = no_grad();
        foreach (TorchSharp.Modules.Parameter weight in parameters().Where(parameter => parameter.dim() == 2))
        {
            nn.init.normal_(weight, 0, config.InitializerRange);
        }
    }

    /// <summary>[B, C].</summary>
    public Tensor Classify(LibtorchBatch batch) => _classifier.forward(_dropout.forward(Pool(Encode(batch))));

    /// <summary>Scores of all words for masked tokens, [P, V], and of the next sentence, [B, 2].</summary>
    public (Tensor Words, Tensor Next) PreTrain(LibtorchBatch batch)
    {
        Tensor hidden = Encode(batch);
        Tensor chosen = hidden.reshape(-1, hidden.shape[2]).index_select(0, batch.MaskedRows);
        Tensor transformed = _headNorm.forward(nn.functional.gelu(_transform.forward(chosen)));
        return (nn.functional.linear(transformed, _words.weight!, _wordBias), _next.forward(Pool(hidden)));
    }

    private Tensor Encode(LibtorchBatch batch)
    {
        Tensor positions = arange(batch.Ids.shape[1], ScalarType.Int64);
        Tensor sum = _words.forward(batch.Ids) + _types.forward(batch.Types) + _positions.forward(positions);
        Tensor hidden = _dropout.forward(_norm.forward(sum));
        foreach (LibtorchLayer layer in _layers)
        {
            hidden = layer.Forward(hidden, batch.Mask);
        }

        return hidden;
    }

    private Tensor Pool(Tensor hidden) => tanh(_pooler.forward(hidden.select(1, 0)));
}
