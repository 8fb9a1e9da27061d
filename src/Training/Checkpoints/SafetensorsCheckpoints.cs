// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>A folder for each checkpoint, named as Hugging Face's Trainer names them and loaded like any model: model.safetensors,
/// config.json, vocab.txt, and for training optimizer.safetensors and training_state.json. The folder gets its name when all of it is on
/// the disk, so there is no list that could be wrong: the newest is the one with the highest number.</summary>
/// <param name="folder">Of the run.</param>
internal sealed class SafetensorsCheckpoints(string folder) : ICheckpointForm
{
    private const string Prefix = "checkpoint-";
    private const string Weights = "model.safetensors", Moments = "optimizer.safetensors", State = "training_state.json";

    public CheckpointFormat Format => CheckpointFormat.Safetensors;

    public IReadOnlyList<long> Steps() => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetDirectories(folder, $"{Prefix}*").Where(path => File.Exists(Path.Combine(path, State)))
            .Select(path => StepOf(Path.GetFileName(path))).OfType<long>().Order(),
    ];

    /// <summary>A folder that has the name of a checkpoint and is none of ours, as Hugging Face's Trainer leaves them: a checkpoint of that
    /// step would take its place. Null if there is none.</summary>
    /// <param name="lastStep">Where the run ends: folders of later steps are in nobody's way.</param>
    public string? FirstForeign(long lastStep) => !Directory.Exists(folder) ? null
        : Directory.GetDirectories(folder, $"{Prefix}*").Order(StringComparer.Ordinal)
            .FirstOrDefault(path => StepOf(Path.GetFileName(path)) <= lastStep && !File.Exists(Path.Combine(path, State)));

    public string Location(long step) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}"));

    public SavedCheckpoint Open(long step)
    {
        string location = Location(step), statePath = Path.Combine(location, State);
        TrainingState state = TrainingState.Read(statePath);
        if (state.Step != step)
        {
            throw new TensorFileException(statePath, $"it says global_step {state.Step}, but its folder's name says {step}");
        }

        foreach (string name in (ReadOnlySpan<string>)[Weights, Moments])
        {
            Check(Path.Combine(location, name), state.Files.TryGetValue(name, out FileStamp stamp) ? stamp : default);
        }

        return new SavedCheckpoint(
            location, Path.Combine(location, Moments),
            (parameter, moment) => new StoredName(MomentName(parameter, moment), IsTransposed: false))
        {
            Step = step,
            Settings = state.Settings,
        };
    }

    public void Write(CheckpointContent content, RunSettings settings, IReadOnlyList<long> kept)
    {
        var stamps = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
        Action<Stream> weights = ModelFolderWriter.WeightsContent(
            content.Backend, content.Parameters, content.Step, content.Backend.ElementBytes);
        AtomicFolder.Write(
            Location(content.Step),
            [
                (Weights, FileStamp.Taken(weights, stamp => stamps[Weights] = stamp)),
                (Moments, FileStamp.Taken(SafetensorsWriter.Content([.. MomentEntries(content)]), stamp => stamps[Moments] = stamp)),
                .. content.Description,
                (State, stream => new TrainingState(content.Step, settings, stamps).Write(stream)),
            ]);
    }

    public void Forget(IReadOnlyCollection<long> steps)
    {
        foreach (long step in steps)
        {
            AtomicFolder.Delete(Location(step));
        }
    }

    /// <summary>Folders that are not whole have another name.</summary>
    public void DeleteHalves() => PartialName.DeleteLeftovers(folder, IsName);

    /// <summary>Whether a folder of this name would be a checkpoint, or was one until another took its place.</summary>
    private static bool IsName(string name) =>
        StepOf(name.EndsWith(".old", StringComparison.Ordinal) ? name[..^".old".Length] : name) is not null;

    private static long? StepOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : null;

    private static string MomentName(string parameter, string moment) => $"{parameter}.{moment}";

    private static void Check(string path, FileStamp expected)
    {
        FileStamp found = FileStamp.Of(path);
        if (found != expected)
        {
            throw new TensorFileException(
                path, $"it is damaged: {State} beside it says {expected.Length} bytes with checksum {expected.Checksum:x8}, "
                + $"it has {found.Length} with {found.Checksum:x8}");
        }
    }

    private static IEnumerable<TensorEntry> MomentEntries(CheckpointContent content)
    {
        foreach ((Parameter parameter, Tensor m, Tensor v) in content.Optimizer.Slots)
        {
            yield return Entry(parameter, CheckpointContent.FirstMoment, m);
            yield return Entry(parameter, CheckpointContent.SecondMoment, v);
        }

        TensorEntry Entry(Parameter parameter, string moment, Tensor values) =>
            TensorContent.Entry(content.Backend, MomentName(parameter.Name, moment), values, content.Backend.ElementBytes);
    }
}
