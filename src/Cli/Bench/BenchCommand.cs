// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;

namespace BertManaged.Cli;

/// <summary><c>bert bench</c>: how fast this machine does the work.</summary>
internal sealed class BenchCommand : Command
{
    public BenchCommand()
        : base("bench", "Measure time, rate and memory of a step, of the matrix products, of the tokenizer.")
    {
        Add(new BenchStepCommand(
            "train", "a fine-tuning step: forward, backward, clipping, update", isTraining: true, FineTuningBenchStep.Create));
        Add(new BenchStepCommand(
            "pretrain", "a step of masked-LM and next-sentence prediction, 20 tokens masked in a sequence", isTraining: true,
            PreTrainingBenchStep.Create, hasMaskedLm: true));
        Add(new BenchStepCommand(
            "infer", "a forward pass to the logits of the classes", isTraining: false,
            (model, backend, _) => InferenceBenchStep.Create(model, backend)));
        Add(new TokenizeBenchCommand());
        Add(new GemmBenchCommand());
    }
}
