// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert classify</c>: fine-tune, evaluate and predict, as Google's run_classifier.py.</summary>
internal sealed class ClassifyCommand : Verb
{
    private readonly ClassifyFlags _flags = new();
    private readonly Flag<int?> _threads = SharedFlags.Threads();
    private readonly Flag<BackendKind> _backend = SharedFlags.Backend();
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public ClassifyCommand()
        : base("classify", "Fine-tune, evaluate and predict; Google's run_classifier command lines work as they are.")
    {
        Aliases.Add("run_classifier");
        _flags.AddTo(this);
        Options.Add(_threads);
        Options.Add(_backend);
        Options.Add(_format);
        Examples =
        [
            "bert classify --task_name=MRPC --do_train=true --do_eval=true --data_dir=glue/MRPC --model=MODEL --output_dir=mrpc",
            "bert classify --task_name=csv --do_train --do_eval --data_dir=mine --text-column=text --model=MODEL --output_dir=out",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        ClassifyOptions options = _flags.Read(arguments);
        using IBackend backend = Backends.Create(arguments.GetValue(_backend), arguments.GetValue(_threads));
        return WatchedRun.Run(
            (log, stop) => new Classifier(options, backend, log).Run(stop), options.MaxSteps, options.OutputDir,
            arguments.GetValue(_format));
    }
}
