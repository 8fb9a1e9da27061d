// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>How the checkpoints of a run lie in its folder.</summary>
internal interface ICheckpointForm
{
    CheckpointFormat Format { get; }

    /// <summary>Steps of the checkpoints that are there, ascending. They may be damaged.</summary>
    IReadOnlyList<long> Steps();

    /// <summary>What a user would name to have the weights of a step.</summary>
    string Location(long step);

    /// <summary>Checks a checkpoint from its first byte to its last.</summary>
    /// <exception cref="TensorFileException">It is not whole.</exception>
    SavedCheckpoint Open(long step);

    /// <summary>Writes a checkpoint. At any instant those that were there before are whole, but for one of the same step.</summary>
    /// <param name="content">What.</param>
    /// <param name="settings">Of the run.</param>
    /// <param name="kept">Steps that are to be there from now on, ascending, the new one last.</param>
    /// <exception cref="IOException">It cannot be written; all is as it was.</exception>
    void Write(CheckpointContent content, RunSettings settings, IReadOnlyList<long> kept);

    /// <summary>Deletes checkpoints. A process that is killed in the middle of that leaves none that is not whole among
    /// <see cref="Steps"/>.</summary>
    void Forget(IReadOnlyCollection<long> steps);

    /// <summary>Deletes what a process left that was killed while it wrote or deleted a checkpoint.</summary>
    void DeleteHalves();
}
