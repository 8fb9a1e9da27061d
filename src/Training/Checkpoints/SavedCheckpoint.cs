// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>A checkpoint of a run, found whole.</summary>
public sealed class SavedCheckpoint
{
    private readonly string _moments;
    private readonly Func<string, string, StoredName> _momentName;

    /// <param name="location">Of the weights.</param>
    /// <param name="moments">The file or prefix with the moments.</param>
    /// <param name="momentName">What a moment of a parameter is called there.</param>
    internal SavedCheckpoint(string location, string moments, Func<string, string, StoredName> momentName) =>
        (Location, _moments, _momentName) = (location, moments, momentName);

    /// <summary>What may be given as --model or --init_checkpoint.</summary>
    public string Location { get; }

    /// <summary>Updates that made it.</summary>
    public required long Step { get; init; }

    /// <summary>Settings of the run; null where another program wrote it.</summary>
    public required RunSettings? Settings { get; init; }

    /// <summary>Opens the weights.</summary>
    /// <exception cref="TensorFileException">They cannot be read.</exception>
    public ITensorFile OpenWeights() => TensorFiles.Open(Location);

    /// <summary>Gives an optimizer the moments and the number of updates. After an exception it is not to be used.</summary>
    /// <exception cref="TensorFileException">A moment is missing or has another shape than its parameter.</exception>
    public void RestoreMoments(IBackend backend, Optimizer optimizer)
    {
        using ITensorFile file = TensorFiles.Open(_moments);
        var moments = new CheckpointWeights(file);
        foreach ((Parameter parameter, Tensor m, Tensor v) in optimizer.Slots)
        {
            Restore(moments, _momentName(parameter.Name, CheckpointContent.FirstMoment), backend, m);
            Restore(moments, _momentName(parameter.Name, CheckpointContent.SecondMoment), backend, v);
        }

        optimizer.ContinueFrom(Step);
    }

    private static void Restore(CheckpointWeights moments, StoredName name, IBackend backend, Tensor moment)
    {
        if (!moments.Contains(name.Name))
        {
            throw new TensorFileException(
                moments.Name, $"{name.Name} {moment.Shape} is missing, so that training cannot go on from here; give these weights to "
                + "--init_checkpoint of a new run");
        }

        moments.Read(name, backend, moment);
    }
}
