// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>All that is compared.</summary>
/// <param name="options">Of the comparison.</param>
/// <param name="folder">Where files for the runs are made.</param>
internal sealed class ComparedSteps(PeerOptions options, string folder)
{
    private const string MiniLm = "minilm-l12", Base = "bert-base", Libtorch = "libtorch";

    private readonly string _threads = options.Number("threads", 2).ToString();

    private string Lengths => Path.Combine(folder, "mrpc-lengths.txt");

    public IReadOnlyList<ComparedStep> All() =>
    [
        Training("fine-tuning step, MiniLM-L12-H384, 8 × 128 tokens", MiniLm, 8),
        Training("fine-tuning step, BERT-base, 4 × 128 tokens", Base, 4) with { HasMemory = true },
        OnMrpc("fine-tuning step, MiniLM-L12-H384, 32 pairs of MRPC", "libtorch, padded to 128", "train", ["classify"], "seq"),
        OnMrpc("fine-tuning step, MiniLM-L12-H384, 32 pairs of MRPC", "libtorch, padded to the longest", "train", ["classify"], "longest"),
        Of("pre-training step, L4-H256, 32 × 128 tokens", Libtorch, "pretrain", "l4-h256", 32, ["mlm"]),
        .. Inference("inference, MiniLM-L12-H384, 8 × 128 tokens", MiniLm),
        .. Inference("inference, BERT-base, 8 × 128 tokens", Base),
        OnMrpc(
            "inference, MiniLM-L12-H384, 32 pairs of MRPC", "the quicker of both, padded to the longest", "infer", ["infer", "onnx"],
            "longest"),
        Of("inference, BERT-base, one sentence of 16 tokens", "the quicker of both", "infer", Base, 1, ["infer", "onnx"], 16),
        Tokenization(),
    ];

    /// <summary>The lengths of MRPC's pairs, where MRPC is there.</summary>
    public void Prepare()
    {
        if (MrpcMissing() is null)
        {
            MrpcLengths.Run(new PeerOptions(
                ["--mrpc", options.Required("mrpc"), "--vocab", options.Required("vocab"), "--output", Lengths]));
        }
    }

    /// <summary>Arguments of <c>bert bench</c>.</summary>
    public string[] Own(string verb, string config, int batch, int seq, params string[] more) =>
    [
        "bench", verb, "--config", config, "--batch", $"{batch}", "--seq", $"{seq}", "--steps", Steps(verb == "infer", batch),
        "--threads", _threads, "--format", "json", .. more,
    ];

    private ComparedStep Training(string name, string config, int batch) => Of(name, Libtorch, "train", config, batch, ["classify"]);

    private IEnumerable<ComparedStep> Inference(string name, string config) =>
        [Of(name, Libtorch, "infer", config, 8, ["infer"]), Of(name, "ONNX Runtime", "infer", config, 8, ["onnx"])];

    private ComparedStep OnMrpc(string name, string opponent, string verb, string[] modes, string pad) =>
        Of(name, opponent, verb, MiniLm, 32, modes, 128, "--lengths", Lengths) switch
        {
            var step => step with { Peers = [.. step.Peers.Select(peer => (string[])[.. peer, "--pad", pad])], Missing = MrpcMissing() },
        };

    private ComparedStep Of(
        string name, string opponent, string verb, string config, int batch, string[] modes, int seq = 128, params string[] more) =>
        new(name, opponent, Own(verb, config, batch, seq, more), [.. modes.Select(mode => Peer(mode, config, batch, seq, more))]);

    private string[] Peer(string mode, string config, int batch, int seq, string[] more)
    {
        string[] program = mode == "onnx" ? ["onnxruntime", "--cache", Path.Combine(folder, "onnx")] : ["libtorch", "--mode", mode];
        return
        [
            .. program, "--config", config, "--batch", $"{batch}", "--seq", $"{seq}", "--steps", Steps(mode is "infer" or "onnx", batch),
            "--threads", _threads, .. more,
        ];
    }

    /// <summary>Inference is short, and that of a sentence very short: more steps, so that both sides are warm for most of them.</summary>
    private string Steps(bool isInference, int batch) =>
        $"{options.Number("steps", 8) * (!isInference ? 1 : batch == 1 ? 30 : 6)}";

    private ComparedStep Tokenization()
    {
        string vocabulary = options.Text("vocab") ?? "", text = options.Text("text") ?? "";
        return new ComparedStep(
            "English prose to ids, one thread", "Microsoft.ML.Tokenizers",
            [
                "bench", "tokenize", "--input", text, "--vocab_file", vocabulary, "--threads", "1", "--steps", Steps(false, 0),
                "--format", "json",
            ],
            [["tokenizers", "--text", text, "--vocab", vocabulary, "--steps", Steps(false, 0)]])
        {
            Missing = Absent("text") ?? Absent("vocab"),
        };
    }

    private string? MrpcMissing() => Absent("mrpc") ?? Absent("vocab");

    private string? Absent(string name) => options.Text(name) is not { } path ? $"--{name} is not given"
        : Path.Exists(path) ? null : $"{path} is not there";
}
