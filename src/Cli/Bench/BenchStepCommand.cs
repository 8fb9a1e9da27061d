// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary><c>bert bench train|pretrain|infer</c>: a step of a model, again and again.</summary>
internal sealed class BenchStepCommand : Verb
{
    private readonly Func<BenchModel, IBackend, BenchOptions, IBenchStep> _create;
    private readonly bool _hasMaskedLm;
    private readonly BenchFlags _flags = new();
    private readonly Flag<string?> _lengths = new(
        "lengths", BenchFlags.Measuring, "lengths of the sequences, one a line, cut to --seq, from the beginning again at the end",
        FlagValues.Text("FILE"));
    private readonly Flag<bool>? _recompute;
    private readonly Flag<bool> _profile = new(
        "profile", SharedFlags.Output, "what each kernel takes", FlagValues.Boolean, "false");
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    /// <param name="name">Of the verb.</param>
    /// <param name="description">What a step is.</param>
    /// <param name="isTraining">Whether it goes back.</param>
    /// <param name="create">Makes the step, its weights on a backend.</param>
    /// <param name="hasMaskedLm">Whether it computes logits of masked tokens, its largest tensor.</param>
    public BenchStepCommand(
        string name, string description, bool isTraining, Func<BenchModel, IBackend, BenchOptions, IBenchStep> create,
        bool hasMaskedLm = false)
        : base(name, $"Measure {description}.")
    {
        (_create, _hasMaskedLm) = (create, hasMaskedLm);
        _flags.AddTo(this);
        Options.Add(_lengths);
        if (isTraining)
        {
            Options.Add(_recompute = SharedFlags.Recompute(BenchFlags.Measuring));
        }

        Options.Add(_profile);
        Options.Add(_format);
        Examples = [$"bert bench {name} --config bert-base --batch 8 --seq 128", $"bert bench {name} --lengths lengths.txt --profile"];
    }

    protected override int Run(ParseResult arguments)
    {
        using BenchModel model = _flags.OpenModel(arguments);
        BenchOptions options = _flags.ReadOptions(arguments, model.Config, arguments.GetValue(_lengths), _hasMaskedLm) with
        {
            Recompute = _recompute is not null && arguments.GetValue(_recompute),
        };
        using CpuBackend backend = _flags.CreateBackend(arguments);
        var peak = new MachinePeak(backend.Threads, backend.Level);
        ProfilingBackend? profiling = arguments.GetValue(_profile) ? new ProfilingBackend(backend) : null;
        StepMeasurement steps = StepMeasurement.Run(
            options, model, _create(model, profiling ?? (IBackend)backend, options), peak, onWarm: () => profiling?.Clear());
        var result = new BenchResult(Name, model, options, backend.Threads, peak, steps)
        {
            Profile = profiling is null ? null : new ProfileTable(profiling, steps.Durations),
        };
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            JsonOutput.Print(result.Write);
        }
        else
        {
            result.Print(Console.Out);
        }

        return ExitCode.Done;
    }
}
