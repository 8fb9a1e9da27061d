// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>A file of TensorBoard: the course of a run as numbers by step, each event a record. It is a log: every event is given to the
/// system at once, so that it can be looked at while the run goes on and what was written outlives the process. If that is killed in the
/// middle of an event, readers stop before it.</summary>
/// <remarks>tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto, tensorflow/core/util/events_writer.cc: Event
/// { wall_time = 1, step = 2, oneof: file_version = 3, summary = 5, session_log = 7 }, Summary { repeated value = 1 }, Value { tag = 1,
/// simple_value = 2 }, SessionLog { status = 1 }.</remarks>
public sealed class EventFile : IDisposable
{
    private const string Version = "brain.Event:2";
    private const int StatusStart = 1;

    private readonly FileStream _file;
    private readonly TFRecordWriter _records;
    private readonly TimeProvider _clock;

    private EventFile(FileStream file, TimeProvider clock)
    {
        _file = file;
        _records = new TFRecordWriter(file);
        _clock = clock;
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Creates a new file <c>events.out.tfevents.SECONDS.HOST</c> in a folder, beside those of earlier runs. TensorBoard reads all
    /// of a folder as one course.</summary>
    /// <param name="folder">Must exist.</param>
    /// <param name="firstStep">The first step of which this file may tell: of what earlier files say, steps from here on do not count any
    /// more. A run that goes on after N steps gives N + 1.</param>
    /// <param name="clock">Gives the time of each event.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static EventFile Create(string folder, long firstStep, TimeProvider clock)
    {
        var events = new EventFile(CreateNew(folder, clock.GetUtcNow().ToUnixTimeSeconds()), clock);
        try
        {
            events.Write(step: 0, output => output.WriteText(3, Version));
            events.Write(firstStep, output => output.WriteMessage(7, log => log.WriteInteger(1, StatusStart)));
            return events;
        }
        catch
        {
            events.Dispose();
            throw;
        }
    }

    /// <summary>Adds an event with one number or several.</summary>
    /// <param name="step">How many steps the run has done.</param>
    /// <param name="values">Each under the name of its chart; a part before a slash groups charts. Stored as float32.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Scalars(long step, params IReadOnlyList<(string Tag, double Value)> values) => Write(step, output =>
        output.WriteMessage(5, summary =>
        {
            foreach ((string tag, double value) in values)
            {
                summary.WriteMessage(1, scalar =>
                {
                    scalar.WriteText(1, tag);
                    scalar.WriteSingle(2, (float)value);
                });
            }
        }));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(long step, Action<CodedOutputStream> writeContent)
    {
        double seconds = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        _records.Write(ProtoOutput.Bytes(output =>
        {
            output.WriteDouble(1, seconds);
            output.WriteNonZero(2, step);
            writeContent(output);
        }));
        _file.Flush();
    }

    // Two runs that begin in one second are told apart by a number at the end.
    private static FileStream CreateNew(string folder, long seconds)
    {
        string name = System.IO.Path.Combine(
            folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{Environment.MachineName}"));
        string path = name;
        for (int number = 1; File.Exists(path); number++)
        {
            path = string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");
        }

        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
    }
}
