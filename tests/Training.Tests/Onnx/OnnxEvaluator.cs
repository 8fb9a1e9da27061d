// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Training.Tests.Onnx;

/// <summary>Computes an .onnx file as the operators' definitions say, in float64.</summary>
internal static class OnnxEvaluator
{
    /// <summary>All values by name.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="inputs">What is fed.</param>
    public static Dictionary<string, Dense> Run(OnnxFile file, Dictionary<string, Dense> inputs)
    {
        var values = new Dictionary<string, Dense>(inputs);
        foreach ((string name, OnnxFileTensor constant) in file.Constants)
        {
            double[] elements = constant.DataType == 7
                ? [.. constant.Integers.Select(x => (double)x)]
                : [.. constant.Singles.Select(x => (double)x)];
            values.Add(name, new Dense([.. constant.Shape.Select(length => (int)length)], elements));
        }

        foreach (OnnxFileNode node in file.Nodes)
        {
            values.Add(node.Output, Compute(node, [.. node.Inputs.Select(input => values[input])]));
        }

        return values;
    }

    private static Dense Compute(OnnxFileNode node, Dense[] x) => node.OpType switch
    {
        "Add" => Dense.Zip(x[0], x[1], (a, b) => a + b),
        "Sub" => Dense.Zip(x[0], x[1], (a, b) => a - b),
        "Mul" => Dense.Zip(x[0], x[1], (a, b) => a * b),
        "Div" => Dense.Zip(x[0], x[1], (a, b) => a / b),
        "Pow" => Dense.Zip(x[0], x[1], Math.Pow),
        "Sqrt" => x[0].Map(Math.Sqrt),
        "Tanh" => x[0].Map(Math.Tanh),
        "Relu" => x[0].Map(a => Math.Max(a, 0)),
        "Erf" => x[0].Map(Erf),
        "Cast" => x[0],
        "MatMul" => Dense.MatMul(x[0], x[1]),
        "ReduceMean" => Mean(x[0]),
        "Softmax" => Softmax(x[0]),
        "Shape" => new Dense([x[0].Shape.Length], [.. x[0].Shape.Select(length => (double)length)]),
        "Range" => Dense.Of([(int)(x[1].Values[0] - x[0].Values[0])], at => x[0].Values[0] + (at[0] * x[2].Values[0])),
        "Expand" => Dense.Of([.. x[1].Values.Select(length => (int)length)], x[0].At),
        "Reshape" => Reshape(x[0], x[1]),
        "Unsqueeze" => Unsqueeze(x[0], (int)Assert.Single(node.Attributes["axes"].Numbers(8))),
        "Transpose" => Transpose(x[0], [.. node.Attributes["perm"].Numbers(8).Select(d => (int)d)]),
        "Gather" => Gather(x[0], x[1], node.Attributes.TryGetValue("axis", out ProtoMessage? axis) ? (int)axis.Number(3) : 0),
        _ => throw new NotSupportedException(node.OpType),
    };

    private static Dense Mean(Dense x)
    {
        int last = x.Shape[^1];
        return new Dense([.. x.Shape[..^1], 1], [.. x.Values.Chunk(last).Select(row => row.Average())]);
    }

    private static Dense Softmax(Dense x) => new(x.Shape, [.. x.Values.Chunk(x.Shape[^1]).SelectMany(row =>
    {
        double[] exponentials = Array.ConvertAll(row, a => Math.Exp(a - row.Max()));
        return Array.ConvertAll(exponentials, e => e / exponentials.Sum());
    })]);

    /// <summary>0 stands for the length that the dimension has.</summary>
    private static Dense Reshape(Dense x, Dense shape) =>
        new([.. shape.Values.Select((length, d) => length == 0 ? x.Shape[d] : (int)length)], x.Values);

    private static Dense Unsqueeze(Dense x, int axis) => new([.. x.Shape[..axis], 1, .. x.Shape[axis..]], x.Values);

    private static Dense Transpose(Dense x, int[] order) => Dense.Of([.. order.Select(d => x.Shape[d])], at =>
    {
        var source = new int[order.Length];
        for (int d = 0; d < order.Length; d++)
        {
            source[order[d]] = at[d];
        }

        return x.At(source);
    });

    private static Dense Gather(Dense x, Dense indices, int axis)
    {
        int rank = indices.Shape.Length;
        return Dense.Of([.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]], at =>
            x.At([.. at[..axis], (int)indices.At(at[axis..(axis + rank)]), .. at[(axis + rank)..]]));
    }

    /// <summary>2/√π · Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n+1)), which converges for every x.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 5)
        {
            return Math.Sign(x);
        }

        (double power, double sum) = (x, x);
        for (int n = 1; n < 120; n++)
        {
            power *= -x * x / n;
            sum += power / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
