// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Checkpoints as TensorFlow's Estimator writes and expects them: a bundle for each, variables with their slots <c>adam_m</c>
/// and <c>adam_v</c> and <c>global_step</c>, and the file <c>checkpoint</c> that lists them. Beside each of ours lies
/// <c>model.ckpt-1000.training_state.json</c> with the settings of the run, which TensorFlow does not look at.</summary>
/// <remarks>A checkpoint counts when the list names it. Its state file is the first of its files to come and the last to go, its index
/// the last to come and the first to go: what has a state file and is not listed is ours and, where there is a list, half of
/// something.</remarks>
/// <param name="folder">Of the run.</param>
internal sealed class TensorFlowCheckpoints(string folder) : ICheckpointForm
{
    private const string Prefix = "model.ckpt-", StateSuffix = ".training_state.json", IndexSuffix = ".index";

    public CheckpointFormat Format => CheckpointFormat.TensorFlow;

    private string ListPath => Path.Combine(folder, CheckpointState.FileName);

    /// <summary>Whether a list that cannot be read is no error: then all of ours that are there count, as the first checkpoint of a run
    /// takes the place of them all.</summary>
    public bool StartsOver { private get; set; }

    /// <summary>Whether those of ours that have all their files count where there is no list: it was lost, or the run was killed before its
    /// first list.</summary>
    public bool ListIsLost { private get; set; }

    /// <summary>Whether the list names checkpoints that are none of training.</summary>
    public bool IsForeign => ReadList() is { } list && StepOf(list.Latest) is null;

    /// <summary>Those that the list names, but none after the one that it says is the latest: a person may have gone back.</summary>
    /// <exception cref="TensorFileException">It cannot be read; the message says what to do.</exception>
    public IReadOnlyList<long> Steps()
    {
        if (ReadList() is not { } list)
        {
            return File.Exists(ListPath) ? [.. Ours().Order()] : ListIsLost ? [.. Ours().Where(HasIndex).Order()] : [];
        }

        return StepOf(list.Latest) is { } latest
            ? [.. list.All.Select(StepOf).OfType<long>().Where(step => step < latest).Append(latest).Order()]
            : [];
    }

    public string Location(long step) => Path.Combine(folder, NameOf(step));

    public SavedCheckpoint Open(long step)
    {
        string prefix = Location(step);
        using ITensorFile file = TensorFiles.Open(prefix + IndexSuffix);
        Verify(file, step);
        return new SavedCheckpoint(prefix, prefix, MomentName)
        {
            Step = step,
            Settings = File.Exists(prefix + StateSuffix) ? ReadSettings(prefix, step) : null,
        };
    }

    /// <summary>The settings that lie beside a bundle, if they are of this one.</summary>
    private static RunSettings ReadSettings(string prefix, long step)
    {
        TrainingState state = TrainingState.Read(prefix + StateSuffix);
        if (state.Files.TryGetValue(IndexName(step), out FileStamp stamp) && stamp != FileStamp.Of(prefix + IndexSuffix))
        {
            throw new TensorFileException(
                prefix + IndexSuffix, $"it is not the one that {NameOf(step)}{StateSuffix} beside it was saved with");
        }

        return state.Settings;
    }

    public void Write(CheckpointContent content, RunSettings settings, IReadOnlyList<long> kept)
    {
        string prefix = Location(content.Step);
        using (var files = new AtomicFileSet())
        {
            Stream state = files.Create(prefix + StateSuffix);
            FileStamp index = BundleWriter.Add(files, prefix, [.. Entries(content)]);
            new TrainingState(content.Step, settings, new Dictionary<string, FileStamp> { [IndexName(content.Step)] = index }).Write(state);
            foreach ((string name, Action<Stream> write) in content.Description)
            {
                write(files.Create(Path.Combine(folder, name)));
            }

            files.Commit();
        }

        WriteList(kept);
    }

    public void Forget(IReadOnlyCollection<long> steps)
    {
        long[] listed = [.. Steps()], left = [.. listed.Except(steps)];
        if (left.Length == 0)
        {
            File.Delete(ListPath);
        }
        else if (left.Length < listed.Length)
        {
            WriteList(left);
        }

        foreach (long step in steps)
        {
            Delete(step);
        }
    }

    public void DeleteHalves()
    {
        PartialName.DeleteLeftovers(
            folder, name => name == CheckpointState.FileName || name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (long step in Ours().Except(Steps()).Except(Listed()).ToArray())
        {
            Delete(step);
        }
    }

    /// <summary>All that the list names, those after the one that it says is the latest too.</summary>
    private IEnumerable<long> Listed() => ReadList()?.All.Select(StepOf).OfType<long>() ?? [];

    private bool HasIndex(long step) => File.Exists(Location(step) + IndexSuffix);

    /// <summary>Those with a state file beside them, listed or not.</summary>
    private IEnumerable<long> Ours() => Directory.GetFiles(folder, $"{Prefix}*{StateSuffix}")
        .Select(state => StepOf(Path.GetFileName(state)[..^StateSuffix.Length])).OfType<long>();

    private CheckpointState? ReadList()
    {
        try
        {
            return File.Exists(ListPath) ? CheckpointState.Read(ListPath) : null;
        }
        catch (TensorFileException e)
        {
            return StartsOver ? null : throw new TensorFileException(
                folder, "its list of checkpoints cannot be used; mend it, start over with --overwrite_output_dir, or choose another "
                + $"--output_dir ({e.Message})", e.Fault, e);
        }
    }

    private static string IndexName(long step) => NameOf(step) + IndexSuffix;

    private static string NameOf(long step) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}");

    /// <summary>Of a name in the list, which may have a folder before it.</summary>
    private static long? StepOf(string name)
    {
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return last.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(last.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : null;
    }

    private static StoredName MomentName(string parameter, string moment)
    {
        StoredName variable = VariableName(parameter);
        return variable with { Name = $"{variable.Name}/{moment}" };
    }

    private static StoredName VariableName(string parameter) => WeightNames.TensorFlow(parameter)
        ?? throw new InvalidOperationException($"Google's programs have no variable for {parameter}.");

    /// <summary>Reads every tensor, which holds its bytes against their checksum.</summary>
    private static void Verify(ITensorFile file, long step)
    {
        _ = new CheckpointWeights(file);
        foreach (TensorInfo tensor in file.Tensors)
        {
            if (!file.TryView(tensor.Name, out _))
            {
                file.ReadBytes(tensor.Name);
            }
        }

        if (GlobalStep.Of(file) is var found && found != step)
        {
            throw new TensorFileException(file.Path, found is null
                ? "it has no global_step, so that it is no checkpoint of training"
                : $"its global_step is {found}, but its name says {step}");
        }
    }

    private static IEnumerable<TensorEntry> Entries(CheckpointContent content)
    {
        yield return TensorEntry.Of("global_step", [], new[] { content.Step });
        foreach (Parameter parameter in content.Parameters)
        {
            yield return Entry(VariableName(parameter.Name), parameter.Value);
        }

        foreach ((Parameter parameter, Tensor m, Tensor v) in content.Optimizer.Slots)
        {
            yield return Entry(MomentName(parameter.Name, CheckpointContent.FirstMoment), m);
            yield return Entry(MomentName(parameter.Name, CheckpointContent.SecondMoment), v);
        }

        TensorEntry Entry(StoredName name, Tensor tensor) => name.IsTransposed
            ? TensorContent.TransposedEntry(content.Backend, name.Name, tensor, content.Backend.ElementBytes)
            : TensorContent.Entry(content.Backend, name.Name, tensor, content.Backend.ElementBytes);
    }

    private void WriteList(IReadOnlyList<long> steps) => new CheckpointState(NameOf(steps[^1]), [.. steps.Select(NameOf)]).Write(folder);

    private void Delete(long step)
    {
        string prefix = Location(step);
        File.Delete(prefix + IndexSuffix);
        foreach (string file in Directory.GetFiles(folder, $"{NameOf(step)}.data-*"))
        {
            File.Delete(file);
        }

        File.Delete(prefix + ".meta");
        File.Delete(prefix + StateSuffix);
    }
}
