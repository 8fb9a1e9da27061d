// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

public sealed partial class Tape
{
    /// <summary>A tape for a part of this step, in the same memory. It is never reset: the step is.</summary>
    /// <param name="isRecording">Whether the part will go back.</param>
    /// <param name="dropouts">Dropouts of the step before the part.</param>
    internal Tape Part(bool isRecording, uint dropouts) => new(Backend, isRecording)
    {
        IsTraining = IsTraining,
        Seed = Seed,
        Step = Step,
        TracksSlicedNorms = TracksSlicedNorms,
        WantsAllRows = WantsAllRows,
        Fault = Fault,
        Dropouts = dropouts,
        _reached = _reached,
    };

    /// <summary>Gives back the result of a part that went back; nobody else has it.</summary>
    internal void ReleaseResult(Variable y)
    {
        y.Readers = 0;
        Release(y);
    }
}
