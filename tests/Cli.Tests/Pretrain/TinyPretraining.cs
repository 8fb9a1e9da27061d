// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Pretrain;

/// <summary>Examples that <see cref="TinyModel"/> can be pre-trained on, and the arguments of a run.</summary>
internal static class TinyPretraining
{
    public const int Sequence = 16, Predictions = 3, Examples = 20;

    /// <summary>Writes a file of random examples.</summary>
    public static string WriteExamples(TemporaryFolder folder, string name = "examples.tfrecord", int examples = Examples) =>
        folder.Write(name, PretrainingRecord.RandomFile(examples, Sequence, Predictions, TinyModel.VocabSize));

    /// <summary>The arguments of a short run, as Google's program has them.</summary>
    public static string[] Arguments(string model, string input, string output, params string[] more) =>
    [
        "pretrain", $"--input_file={input}", $"--output_dir={output}", $"--model={model}", $"--max_seq_length={Sequence}",
        $"--max_predictions_per_seq={Predictions}", "--train_batch_size=6", "--num_train_steps=5", "--num_warmup_steps=2",
        "--max_eval_steps=3", .. more,
    ];
}
