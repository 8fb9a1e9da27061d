// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>Keeps every named value and gradient of a step.</summary>
internal sealed class Recorder(IBackend backend) : ITapeObserver
{
    public Dictionary<string, double[]> Values { get; } = [];

    public Dictionary<string, double[]> Gradients { get; } = [];

    public void OnValue(string name, Tensor value) => Values[name] = Read(value);

    public void OnGradient(string name, Tensor gradient) => Gradients[name] = Read(gradient);

    public double[] Read(Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }

    public double Scalar(Variable x) => Read(x.Value)[0];
}
