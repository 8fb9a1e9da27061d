// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;

namespace BertManaged.Training;

/// <summary>The pieces a BERT consists of, as ONNX nodes, in the arrangement in which Hugging Face's exporter leaves them: that is what
/// runtimes look for when they fuse.</summary>
/// <param name="graph">Where they are added.</param>
/// <param name="valuesOf">Values of a parameter by its name, row-major.</param>
internal sealed class BertOnnxOps(OnnxGraphBuilder graph, Func<string, float[]> valuesOf)
{
    /// <summary>A parameter as it is.</summary>
    public string Parameter(string name, params long[] shape) => graph.Constant(OnnxTensor.Of(name, shape, () => valuesOf(name)));

    /// <summary>[B, S, in] → [B, S, out]. The weight is stored as a kernel [in, out], which MatMul wants.</summary>
    public string Linear(string path, string x, int inputs, int outputs, string? output = null)
    {
        string[] terms = [graph.Node("MatMul", path, x, Kernel(path, inputs, outputs)), Parameter($"{path}.bias", outputs)];
        return Sum(path, terms, output);
    }

    /// <summary>[B, S, H] → [B, S, H]: (x − mean) / √(variance + epsilon) · weight + bias, spelt out: there is an operator for
    /// it from version 17 on only.</summary>
    public string LayerNorm(string path, string x, int hidden, double epsilon, string? output = null)
    {
        string centred = graph.Node("Sub", path, x, Mean(path, x));
        string variance = Mean(path, graph.Node("Pow", path, centred, Number(2)));
        string deviation = graph.Node("Sqrt", path, graph.Node("Add", path, variance, Number((float)epsilon)));
        string normal = graph.Node("Div", path, centred, deviation);
        string[] scaled = [graph.Node("Mul", path, normal, Parameter($"{path}.weight", hidden)), Parameter($"{path}.bias", hidden)];
        return Sum(path, scaled, output);
    }

    /// <summary>Element by element.</summary>
    public string Activation(HiddenActivation activation, string path, string x) => activation switch
    {
        HiddenActivation.GeluErf => GeluErf(path, x),
        HiddenActivation.GeluTanh => GeluTanh(path, x),
        HiddenActivation.Relu => graph.Node("Relu", path, x),
        HiddenActivation.Tanh => graph.Node("Tanh", path, x),
        _ => x,
    };

    /// <summary>One more dimension, of length 1.</summary>
    public string Unsqueeze(string path, string x, long axis) =>
        graph.Node("Unsqueeze", path, [x], [new OnnxAttribute("axes", new[] { axis })]);

    /// <summary>A float32 number.</summary>
    public string Number(float value) => graph.Constant(OnnxTensor.Of(FormattableString.Invariant($"number/{value:R}"), value));

    /// <summary>An int64 number.</summary>
    public string Integer(long value) => graph.Constant(OnnxTensor.Of($"integer/{value}", value));

    /// <summary>A row of int64 numbers.</summary>
    public string Integers(params long[] values) => graph.Constant(OnnxTensor.Of($"integers/{string.Join(',', values)}", values));

    /// <summary>x · (1 + erf(x / √2)) · 0.5.</summary>
    private string GeluErf(string path, string x)
    {
        string scaled = graph.Node("Div", path, x, Number(MathF.Sqrt(2)));
        string erf = graph.Node("Erf", path, scaled);
        string twiceTheShare = graph.Node("Add", path, erf, Number(1));
        return graph.Node("Mul", path, graph.Node("Mul", path, x, twiceTheShare), Number(0.5f));
    }

    /// <summary>0.5 · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))).</summary>
    private string GeluTanh(string path, string x)
    {
        string cube = graph.Node("Mul", path, graph.Node("Pow", path, x, Number(3)), Number(0.044715f));
        string inner = graph.Node("Mul", path, graph.Node("Add", path, x, cube), Number((float)Math.Sqrt(2 / Math.PI)));
        string twiceTheShare = graph.Node("Add", path, graph.Node("Tanh", path, inner), Number(1));
        return graph.Node("Mul", path, graph.Node("Mul", path, x, Number(0.5f)), twiceTheShare);
    }

    /// <summary>Two terms added, under a name that users see if one is given.</summary>
    private string Sum(string path, string[] terms, string? output) =>
        output is null ? graph.Node("Add", path, terms) : graph.NamedNode("Add", output, terms);

    /// <summary>Over the last dimension, which stays.</summary>
    private string Mean(string path, string x) =>
        graph.Node("ReduceMean", path, [x], [new OnnxAttribute("axes", new[] { -1L }), new OnnxAttribute("keepdims", 1L)]);

    private string Kernel(string path, int inputs, int outputs) => graph.Constant(OnnxTensor.Of(
        $"{path}.kernel", [inputs, outputs], () => Transposed(valuesOf($"{path}.weight"), outputs, inputs)));

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < rows; r++)
            {
                transposed[(c * rows) + r] = values[(r * columns) + c];
            }
        }

        return transposed;
    }
}
