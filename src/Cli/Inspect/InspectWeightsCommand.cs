// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert inspect weights</c>: what tensors a checkpoint has, and what their elements are like.</summary>
internal sealed class InspectWeightsCommand : Verb
{
    private const string NoValue = "-";

    private readonly ModelArgument _model = new();
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public InspectWeightsCommand()
        : base("weights", "List the tensors of any checkpoint: name, type, shape, mean, standard deviation, norm, NaN count.")
    {
        Arguments.Add(_model);
        Options.Add(_format);
        Examples = ["bert inspect weights uncased_L-12_H-768_A-12/bert_model.ckpt", "bert inspect weights model.safetensors --format json"];
    }

    protected override int Run(ParseResult arguments)
    {
        using ITensorFile file = ModelWeights.Open(new ModelFiles(_model.Read(arguments)));
        if (!file.HasData)
        {
            Console.Error.WriteLine($"{file.Path}: a data file is missing beside the .index: names, types and shapes alone");
        }

        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            JsonOutput.Print(json => Write(json, file));
        }
        else
        {
            PrintTable(file);
        }

        return ExitCode.Done;
    }

    private static TensorStatistics? StatisticsOf(ITensorFile file, TensorInfo tensor) =>
        file.HasData ? TensorStatistics.Of(file, tensor) : null;

    private static void PrintTable(ITensorFile file)
    {
        var table = new TextTable("name", "type", "shape", "mean>", "std>", "norm>", "nan>");
        foreach (TensorInfo tensor in file.Tensors)
        {
            TensorStatistics? statistics = StatisticsOf(file, tensor);
            table.Add(
                tensor.Name, tensor.Type.Name(), tensor.ShapeText, Number(statistics?.Mean), Number(statistics?.StandardDeviation),
                Number(statistics?.Norm), statistics?.NaNCount.ToString(CultureInfo.InvariantCulture) ?? NoValue);
        }

        table.Write(Console.Out);
        long elements = file.Tensors.Sum(tensor => tensor.ElementCount);
        Console.Out.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{file.Format}: {file.Tensors.Count} tensors, {elements:N0} elements"));
    }

    private static string Number(double? value) => value is { } number && !double.IsNaN(number)
        ? number.ToString("G6", CultureInfo.InvariantCulture)
        : NoValue;

    private static void Write(Utf8JsonWriter json, ITensorFile file)
    {
        json.WriteStartObject();
        json.WriteStartArray("tensors");
        foreach (TensorInfo tensor in file.Tensors)
        {
            Write(json, tensor, StatisticsOf(file, tensor));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TensorInfo tensor, TensorStatistics? statistics)
    {
        json.WriteStartObject();
        json.WriteString("name", tensor.Name);
        json.WriteString("dtype", tensor.Type.Name());
        json.WriteStartArray("shape");
        foreach (long length in tensor.Shape)
        {
            json.WriteNumberValue(length);
        }

        json.WriteEndArray();
        json.WriteFinite("mean", statistics?.Mean ?? double.NaN);
        json.WriteFinite("std", statistics?.StandardDeviation ?? double.NaN);
        json.WriteFinite("norm", statistics?.Norm ?? double.NaN);
        if (statistics is null)
        {
            json.WriteNull("nan");
        }
        else
        {
            json.WriteNumber("nan", statistics.NaNCount);
        }

        json.WriteEndObject();
    }
}
