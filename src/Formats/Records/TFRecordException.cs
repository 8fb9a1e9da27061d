// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A TFRecord file cannot be opened, is cut short or damaged, or a record is not the example that was asked for. The message
/// is one line for the person whose file it is: the file, the record, its offset, what was expected and what was found.</summary>
public sealed class TFRecordException : IOException
{
    /// <summary>Creates the exception for a record; its message is <c>file: record N at byte M: problem</c>.</summary>
    /// <param name="place">The file and the record.</param>
    /// <param name="problem">What was expected, what was found, what to do; control characters are written as escapes.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public TFRecordException(TFRecordPlace place, string problem, Exception? inner = null)
        : base(ErrorLine.Of($"{place.File}: record {place.Record} (the first is 0) at byte {place.Offset}: {problem}"), inner)
    {
        Place = place;
        Fault = TensorFileFault.Content;
    }

    /// <summary>Creates the exception for a file that cannot be opened; its message is <c>path: problem</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why.</param>
    /// <param name="inner">What caused it, if anything.</param>
    public TFRecordException(string path, string problem, Exception? inner = null)
        : base(ErrorLine.Of($"{path}: {problem}"), inner)
    {
        Place = new TFRecordPlace(path, 0, 0);
        Fault = TensorFileFault.Path;
    }

    /// <summary>The file, the record and where it begins.</summary>
    public TFRecordPlace Place { get; }

    /// <summary>Whether the path or the bytes are to blame.</summary>
    public TensorFileFault Fault { get; }
}
