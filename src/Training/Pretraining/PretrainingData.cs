// SPDX-License-Identifier: Apache-2.0
using System.Collections;
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The examples of several TFRecord files, by number. In memory is where each begins; an example is read when it is asked for, so
/// that any order costs the same.</summary>
public sealed class PretrainingData : IReadOnlyList<PretrainingExample>
{
    private readonly TFRecordIndex _records;
    private readonly PretrainingExampleReader _reader;

    private PretrainingData(TFRecordIndex records, PretrainingFormat format) => (_records, _reader) = (records, new(format));

    /// <inheritdoc/>
    public int Count => _records.Count;

    /// <summary>Of all records in order: the same examples have the same one.</summary>
    public string Fingerprint => _records.Fingerprint;

    /// <summary>Reads an example from its file.</summary>
    /// <exception cref="TFRecordException">The file is not what it was when it was checked.</exception>
    public PretrainingExample this[int index] => _reader.Read(_records.Read(index), _records.Place(index));

    /// <summary>Reads all files once: checks every record and every number, and remembers where the records are.</summary>
    /// <param name="files">TFRecord files, compressed or not.</param>
    /// <param name="format">What the examples must look like.</param>
    /// <param name="stop">Looked at between records.</param>
    /// <exception cref="TFRecordException">A file or an example is broken.</exception>
    /// <exception cref="OptionsException">The examples have other lengths than the options say.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static PretrainingData Read(IReadOnlyList<string> files, PretrainingFormat format, CancellationToken stop)
    {
        var reader = new PretrainingExampleReader(format);
        bool isFirst = true;
        return new PretrainingData(TFRecordIndex.Read(files, Check), format);

        void Check(ReadOnlySpan<byte> record, TFRecordPlace place)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                reader.Read(record, place);
                isFirst = false;
            }
            catch (FeatureException e) when (Unlike(e, format, isFirst) is { } unlike)
            {
                throw unlike;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<PretrainingExample> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What differs from what a flag says, which is then named; null where something else is wrong.</summary>
    private static OptionsException? Unlike(FeatureException e, PretrainingFormat format, bool isFirst) => e switch
    {
        { OtherCount: { } found, Expected.Name: "input_ids" or "input_mask" or "segment_ids" } =>
            Unlike(e, "max_seq_length", format.MaxSeqLength, found, isFirst),
        { OtherCount: { } found, Expected.Name: "masked_lm_positions" or "masked_lm_ids" or "masked_lm_weights" } =>
            Unlike(e, "max_predictions_per_seq", format.MaxPredictions, found, isFirst),
        { IsMissing: true, Expected.Name: "next_sentence_labels" } => new OptionsException(
            $"--nsp is true, but record {e.Place.Record} of {e.Place.File} has no next_sentence_labels; pass --nsp=false, or make the data "
            + "again with bert pretrain-data"),
        _ => null,
    };

    private static OptionsException Unlike(FeatureException e, string flag, int said, int found, bool isFirst) => new(isFirst
        ? $"--{flag} is {said}, but {e.Place.File} was made with {found} ({e.Expected.Name} of record {e.Place.Record}); "
            + $"pass --{flag}={found}, or make the data again"
        : $"--{flag} is {said} as for the records before, but {e.Place.File} was made with {found} ({e.Expected.Name} of record "
            + $"{e.Place.Record}); make all data with the same --{flag}");
}
