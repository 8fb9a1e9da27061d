// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>What the verbs that measure a model have in common.</summary>
internal sealed class BenchFlags
{
    public const string Measuring = "Measuring";

    private const string Model = "Model";

    private readonly Flag<NamedConfig?> _config = new(
        "config", Model, $"a published size, with random weights [{NamedConfig.All[0].Name}]",
        FlagValues.OneOf<NamedConfig?>([.. NamedConfig.All.Select(named => (named.Name, (NamedConfig?)named))]));

    private readonly Flag<string?> _model = new("model", Model, "a checkpoint in place of a size", FlagValues.Text("DIR"));
    private readonly Flag<int> _batch = new("batch", Measuring, "sequences of a step", FlagValues.WholeNumber, "8");
    private readonly Flag<int> _seq = new("seq", Measuring, "tokens of a sequence", FlagValues.WholeNumber, "128");
    private readonly Flag<int> _steps = Steps();
    private readonly Flag<int?> _threads = SharedFlags.Threads();

    /// <summary>How often a verb does what it measures.</summary>
    public static Flag<int> Steps() => new(
        "steps", Measuring, "repetitions; the first one warms up and does not count", FlagValues.WholeNumber, "20");

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _config, _model, _batch, _seq, _steps, _threads })
        {
            verb.Options.Add(option);
        }
    }

    public CpuBackend CreateBackend(ParseResult arguments) => Backends.CreateCpu(arguments.GetValue(_threads));

    /// <exception cref="OptionsException">Both a size and a checkpoint are given, or the checkpoint cannot be used.</exception>
    public BenchModel OpenModel(ParseResult arguments) => (arguments.GetValue(_config), arguments.GetValue(_model)) switch
    {
        ({ } named, null) => new BenchModel(named),
        (null, { } location) => new BenchModel(location),
        (null, null) => new BenchModel(NamedConfig.All[0]),
        _ => throw new OptionsException("expected one of --config and --model, found both; a checkpoint brings its config along"),
    };

    /// <summary>Sizes of a step.</summary>
    /// <param name="arguments">Of the user.</param>
    /// <param name="config">Of the model they have to fit.</param>
    /// <param name="lengths">A file of lengths; null for none.</param>
    /// <param name="hasMaskedLm">Whether logits of masked tokens are computed.</param>
    /// <exception cref="OptionsException">A number is out of range.</exception>
    public BenchOptions ReadOptions(
        ParseResult arguments, BertConfig config, string? lengths, bool hasMaskedLm = false)
    {
        int batch = arguments.GetValue(_batch), sequence = arguments.GetValue(_seq);
        RequireAtLeast(1, _batch, batch);
        if (sequence < 1 || sequence > config.MaxPositionEmbeddings)
        {
            throw new OptionsException($"--seq={sequence}: the model takes 1 to {config.MaxPositionEmbeddings} tokens");
        }

        RequireFits(config, batch, sequence, hasMaskedLm);
        return new BenchOptions(batch, sequence, lengths is null ? null : new LengthsFile(lengths), ReadSteps(arguments, _steps));
    }

    /// <exception cref="OptionsException">None of the steps would count.</exception>
    public static int ReadSteps(ParseResult arguments, Flag<int> flag)
    {
        int steps = arguments.GetValue(flag);
        RequireAtLeast(2, flag, steps);
        return steps;
    }

    private static void RequireAtLeast(int least, Flag<int> flag, int value)
    {
        if (value < least)
        {
            throw new OptionsException($"{flag.Name}={value}: expected a whole number from {least}");
        }
    }

    /// <summary>A tensor has at most as many elements as an int can count.</summary>
    private static void RequireFits(BertConfig config, int batch, int sequence, bool hasMaskedLm)
    {
        double rows = (double)batch * sequence;
        double largest = rows * Math.Max(
            Math.Max(config.IntermediateSize, 3.0 * config.HiddenSize), (double)config.NumAttentionHeads * sequence);
        largest = Math.Max(largest, hasMaskedLm ? (double)batch * BenchBatch.Predictions * config.VocabSize : 0);
        if (largest > int.MaxValue)
        {
            throw new OptionsException(
                $"--batch={batch} --seq={sequence}: a tensor of a step would have {largest:N0} elements, the most is {int.MaxValue:N0}; "
                + "take a smaller batch");
        }
    }
}
