// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Autograd;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert gradcheck</c>: gradients of the tape against central differences, in float64.</summary>
internal sealed class GradCheckCommand : Verb
{
    private const string What = "What is checked";

    /// <summary>More than any tensor of the small BERT has: there every element is checked.</summary>
    private const int LargestSample = 500;

    private static readonly string[] Ops = [.. AllOpCases.All.Select(opCase => opCase.Op).Distinct()];

    private readonly Flag<string?> _op = new("op", What, "only this op [all]", FlagValues.Text("NAME"));
    private readonly Flag<bool> _model =
        new("model", What, "a whole small BERT with all heads in place of the ops", FlagValues.Boolean, "false");
    private readonly Flag<string?> _break =
        new("break", "To see it fail", "put a wrong backward in place of this op's", FlagValues.Text("NAME"));

    private readonly Flag<FaultKind> _fault = new(
        "fault", "To see it fail", "what is wrong with it",
        FlagValues.OneOf(("sign", FaultKind.Sign), ("factor", FaultKind.Factor), ("missing-term", FaultKind.MissingTerm)), "sign");

    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public GradCheckCommand()
        : base("gradcheck", "Check every gradient against central differences in float64; exit 4 if one is wrong.")
    {
        Options.Add(_op);
        Options.Add(_model);
        Options.Add(_break);
        Options.Add(_fault);
        Options.Add(_format);
        Examples = ["bert gradcheck", "bert gradcheck --model", "bert gradcheck --op LayerNorm --break LayerNorm --fault missing-term"];
    }

    protected override int Run(ParseResult arguments)
    {
        string? op = OpNamed(arguments.GetValue(_op), _op);
        string? broken = OpNamed(arguments.GetValue(_break), _break);
        bool isModel = arguments.GetValue(_model);
        RequireSense(op, broken, isModel);

        using ReferenceBackend backend = Backends.CreateReference();
        if (broken is null && arguments.GetResult(_fault) is { Implicit: false })
        {
            throw new OptionsException("--fault says how --break OP breaks an op; give --break too");
        }

        BackwardFault? fault = broken is null ? null : new BackwardFault(broken, arguments.GetValue(_fault));
        var check = new GradientCheck(backend) { LargestSample = LargestSample, Fault = fault };
        var report = new GradCheckReport(arguments.GetValue(_format) == OutputFormat.Json);
        foreach ((string subject, IReadOnlyList<GradientCheckRow> rows) in isModel ? SmallBert.Check(backend, check) : CheckOps(check, op))
        {
            report.Add(subject, rows);
        }

        return report.Print() ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static IEnumerable<(string Subject, IReadOnlyList<GradientCheckRow> Rows)> CheckOps(GradientCheck check, string? op) =>
        AllOpCases.All.Where(opCase => op is null || opCase.Op == op).Select(opCase => ($"{opCase}", check.Run(opCase)));

    private static string? OpNamed(string? name, IFlag flag) => name is null ? null
        : Ops.FirstOrDefault(op => op.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new OptionsException($"{flag.Name}={name}: there is no such op; known are {string.Join(", ", Ops)}");

    private static void RequireSense(string? op, string? broken, bool isModel)
    {
        if (isModel && op is not null)
        {
            throw new OptionsException("--model checks a whole model, --op one op; give one of them");
        }

        if (op is not null && broken is not null && op != broken)
        {
            throw new OptionsException($"--break={broken} changes nothing that --op={op} checks");
        }

        if (isModel && broken is not null && !SmallBert.Ops.Contains(broken))
        {
            throw new OptionsException($"--break={broken} changes nothing that --model checks; it uses {string.Join(", ", SmallBert.Ops)}");
        }
    }
}
