// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert pretrain</c>: masked LM and next sentence, as Google's run_pretraining.py.</summary>
internal sealed class PretrainCommand : Verb
{
    private readonly PretrainFlags _flags = new();
    private readonly Flag<int?> _threads = SharedFlags.Threads();
    private readonly Flag<BackendKind> _backend = SharedFlags.Backend();
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public PretrainCommand()
        : base("pretrain", "Pre-train on examples of masked LM and next sentence; Google's run_pretraining command lines work as they are.")
    {
        Aliases.Add("run_pretraining");
        _flags.AddTo(this);
        Options.Add(_threads);
        Options.Add(_backend);
        Options.Add(_format);
        Examples =
        [
            "bert pretrain --input_file='data/*.tfrecord' --bert_config_file=bert_config.json --vocab_file=vocab.txt --do_train --do_eval "
                + "--output_dir=pretrained",
            "bert pretrain --input_file=mine.tfrecord --model=MODEL --do_train --learning_rate=2e-5 --output_dir=adapted",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        PretrainOptions options = _flags.Read(arguments);
        using IBackend backend = Backends.Create(arguments.GetValue(_backend), arguments.GetValue(_threads));
        return WatchedRun.Run(
            (log, stop) => new Pretrainer(options, backend, log).Run(stop), options.MaxSteps, options.OutputDir,
            arguments.GetValue(_format));
    }
}
