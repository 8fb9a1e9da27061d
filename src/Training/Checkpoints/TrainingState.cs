// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>What a checkpoint holds besides weights and moments. It is all there is: dropout follows from seed and step, and so
/// does which example comes when.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Settings">Of the run.</param>
/// <param name="Files">The checkpoint's other files that training goes on from, by name.</param>
internal sealed record TrainingState(long Step, RunSettings Settings, IReadOnlyDictionary<string, FileStamp> Files)
{
    private const string StepKey = "global_step", SettingsKey = "settings", FilesKey = "files", BytesKey = "bytes", ChecksumKey = "crc32c";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteNumber(StepKey, Step);
        json.WriteStartObject(SettingsKey);
        foreach ((string name, string value) in Settings)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject(FilesKey);
        foreach ((string name, FileStamp stamp) in Files)
        {
            json.WriteStartObject(name);
            json.WriteNumber(BytesKey, stamp.Length);
            json.WriteString(ChecksumKey, stamp.Checksum.ToString("x8", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    /// <exception cref="TensorFileException">It cannot be read, or is not what <see cref="Write"/> writes.</exception>
    public static TrainingState Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(document.RootElement);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new TensorFileException(path, $"the file cannot be read ({SystemReason.Of(e, path)})", TensorFileFault.Path, e);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new TensorFileException(
                path, $"expected {StepKey}, {SettingsKey} and {FilesKey} as training writes them, but found something else", inner: e);
        }
    }

    private static TrainingState Parse(JsonElement root)
    {
        var settings = new RunSettings();
        foreach (JsonProperty setting in root.GetProperty(SettingsKey).EnumerateObject())
        {
            settings.AddFact(setting.Name, setting.Value.GetString() ?? throw new FormatException(setting.Name));
        }

        var files = new Dictionary<string, FileStamp>(StringComparer.Ordinal);
        foreach (JsonProperty file in root.GetProperty(FilesKey).EnumerateObject())
        {
            files[file.Name] = new FileStamp(file.Value.GetProperty(BytesKey).GetInt64(), Checksum(file.Value.GetProperty(ChecksumKey)));
        }

        return new TrainingState(root.GetProperty(StepKey).GetInt64(), settings, files);
    }

    private static uint Checksum(JsonElement text) =>
        uint.Parse(text.GetString() ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
