// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Formats;

/// <summary>Reads the JSON of a safetensors header: name → {"dtype", "shape", "data_offsets"}, and "__metadata__".</summary>
internal ref struct SafetensorsHeaderParser(ReadOnlySpan<byte> json, string path)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ReadOnlySpan<byte> _json = json;
    private Utf8JsonReader _reader = new(json);

    public List<SafetensorsTensor> Tensors { get; } = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <exception cref="TensorFileException">The header breaks a rule.</exception>
    public void Parse()
    {
        if (_json.IsEmpty || _json[0] != '{')
        {
            throw Wrong("should begin with '{'");
        }

        try
        {
            ParseObject();
        }
        catch (JsonException e)
        {
            throw new TensorFileException(path, $"the header is not valid JSON at byte {_reader.BytesConsumed} of it", inner: e);
        }
        catch (InvalidOperationException e)
        {
            // The JSON reader's way of reporting text that is not Unicode.
            throw new TensorFileException(path, $"the header has text that is not Unicode before byte " +
                $"{_reader.BytesConsumed} of it", inner: e);
        }
    }

    private void ParseObject()
    {
        _reader.Read();
        while (NextProperty(out string name))
        {
            if (!_names.Add(name))
            {
                throw Wrong($"has the name '{name}' twice");
            }

            if (name == "__metadata__")
            {
                ParseMetadata();
            }
            else
            {
                ParseTensor(name);
            }
        }

        // Only white space may follow; the reader throws at anything else.
        _reader.Read();
    }

    private void ParseMetadata()
    {
        Require(JsonTokenType.StartObject, "'__metadata__' should be an object of strings");
        while (NextProperty(out string key))
        {
            Require(JsonTokenType.String, $"'__metadata__' should hold strings, '{key}' is none");
            if (!Metadata.TryAdd(key, _reader.GetString()!))
            {
                throw Wrong($"has '{key}' twice in '__metadata__'");
            }
        }
    }

    private void ParseTensor(string name)
    {
        Require(JsonTokenType.StartObject, $"tensor '{name}' should be an object with dtype, shape and data_offsets");
        ElementType? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (NextProperty(out string field))
        {
            switch (field)
            {
                case "dtype":
                    type = ParseType(name, known: type is not null);
                    break;
                case "shape":
                    shape = ParseNumbers(name, field, known: shape is not null);
                    break;
                case "data_offsets":
                    offsets = ParseNumbers(name, field, known: offsets is not null);
                    break;
                default:
                    // The reference reader passes over fields it does not know.
                    _reader.Read();
                    _reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is null)
        {
            throw Wrong($"lacks {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")} of tensor '{name}'");
        }

        Tensors.Add(Checked(new TensorInfo(name, type.Value, shape), offsets));
    }

    private readonly SafetensorsTensor Checked(TensorInfo info, List<long> offsets)
    {
        if (offsets.Count != 2 || offsets[0] > offsets[1])
        {
            throw Wrong($"gives tensor '{info.Name}' data_offsets [{string.Join(", ", offsets)}], expected [begin, end]");
        }

        if (!TensorSize.TryBytes(info, out long size))
        {
            throw Wrong($"gives tensor '{info.Name}' shape {info.ShapeText} of {info.Type.Name()}, which is no whole number of bytes " +
                "below 2^63");
        }

        if (size != offsets[1] - offsets[0])
        {
            throw Wrong($"gives tensor '{info.Name}' shape {info.ShapeText} of {info.Type.Name()}, which is {size} bytes, but " +
                $"data_offsets [{offsets[0]}, {offsets[1]}]");
        }

        return new SafetensorsTensor(info, offsets[0], offsets[1]);
    }

    private ElementType ParseType(string name, bool known)
    {
        Require(JsonTokenType.String, $"dtype of tensor '{name}' should be a string");
        string text = _reader.GetString()!;
        RequireOnce(known, name, "dtype");
        return ElementTypes.TryParse(text, out ElementType type) ? type : throw Wrong($"gives tensor '{name}' the unknown dtype " +
            $"'{text}'");
    }

    private List<long> ParseNumbers(string name, string field, bool known)
    {
        Require(JsonTokenType.StartArray, $"{field} of tensor '{name}' should be a list of numbers");
        RequireOnce(known, name, field);
        var numbers = new List<long>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out long number) || number < 0)
            {
                throw Wrong($"has something else than a whole number from 0 in {field} of tensor '{name}'");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    // Moves to the next property's name, or over the end of the object.
    private bool NextProperty(out string name)
    {
        _reader.Read();
        bool found = _reader.TokenType == JsonTokenType.PropertyName;
        name = found ? _reader.GetString()! : "";
        return found;
    }

    private void Require(JsonTokenType token, string expectation)
    {
        _reader.Read();
        if (_reader.TokenType != token)
        {
            throw Wrong($"is wrong at byte {_reader.TokenStartIndex}: {expectation}");
        }
    }

    private readonly void RequireOnce(bool known, string name, string field)
    {
        if (known)
        {
            throw Wrong($"has {field} of tensor '{name}' twice");
        }
    }

    private readonly TensorFileException Wrong(string what) => new(path, $"the safetensors header {what}");
}
