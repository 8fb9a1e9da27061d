// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace BertManaged.Peers;

/// <summary>A training step or a forward pass in libtorch: padded batches, its own AdamW, the norm of all gradients clipped at 1.</summary>
internal sealed class LibtorchPeer : IDisposable
{
    private const double LearningRate = 2e-5, WeightDecay = 0.01, LargestNorm = 1.0;

    private readonly PeerOptions _options;
    private readonly BertConfig _config;
    private readonly LibtorchBert _model;
    private readonly List<TorchSharp.Modules.Parameter> _parameters;
    private readonly optim.Optimizer _optimizer;

    private LibtorchPeer(PeerOptions options)
    {
        _options = options;
        _config = PeerModel.Config(options.Text("config") ?? "minilm-l12");
        set_num_threads(options.Number("threads", 2));
        random.manual_seed(1);
        _model = new LibtorchBert(_config, hasFusedAttention: options.Text("attention") != "plain");
        _parameters = [.. _model.parameters()];
        _optimizer = optim.AdamW(_parameters, lr: LearningRate, weight_decay: WeightDecay);
    }

    public static int Run(PeerOptions options)
    {
        using var peer = new LibtorchPeer(options);
        string mode = options.Text("mode") ?? "classify";
        Action<LibtorchBatch> step = mode switch
        {
            "classify" => batch => peer.Train(batch, peer.ClassificationLoss),
            "mlm" => batch => peer.Train(batch, peer.PreTrainingLoss),
            "infer" => peer.Infer,
            _ => throw new ArgumentException($"--mode {mode}: expected classify, mlm or infer"),
        };
        peer.Measure(mode, step).Print(
            $"{torch.get_num_threads()} threads, {(options.Text("attention") == "plain" ? "plain" : "fused")} attention");
        return 0;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
    }

    private PeerMeasurement Measure(string mode, Action<LibtorchBatch> step)
    {
        var measurement = new PeerMeasurement($"libtorch {Version.Parse(torch.__version__).ToString(3)}");
        int[]? lengths = PeerBatch.ReadLengths(_options);
        for (int i = 0; i < _options.Number("steps", 8); i++)
        {
            using DisposeScope scope = NewDisposeScope();
            PeerBatch batch = PeerBatch.Of(_options, lengths, i);
            var tensors = new LibtorchBatch(batch, _config.VocabSize);
            measurement.Run(batch, real => Flops(mode, real), () => step(tensors));
        }

        return measurement;
    }

    private double Flops(string mode, int[] lengths) => mode switch
    {
        "mlm" => 3 * PeerFlops.PreTraining(_config, lengths),
        "classify" => 3 * PeerFlops.Classification(_config, lengths),
        _ => PeerFlops.Classification(_config, lengths),
    };

    private void Infer(LibtorchBatch batch)
    {
        _model.eval();
        using IDisposable mode = inference_mode();
        _model.Classify(batch).data<float>().ToArray();
    }

    private void Train(LibtorchBatch batch, Func<LibtorchBatch, Tensor> lossOf)
    {
        _model.train();
        _optimizer.zero_grad();
        Tensor loss = lossOf(batch);
        loss.backward();
        nn.utils.clip_grad_norm_(_parameters, LargestNorm);
        _optimizer.step();
        loss.item<float>();
    }

    private Tensor ClassificationLoss(LibtorchBatch batch) => nn.functional.cross_entropy(_model.Classify(batch), batch.Labels);

    private Tensor PreTrainingLoss(LibtorchBatch batch)
    {
        (Tensor words, Tensor next) = _model.PreTrain(batch);
        return nn.functional.cross_entropy(words, batch.MaskedIds) + nn.functional.cross_entropy(next, batch.Labels);
    }
}
