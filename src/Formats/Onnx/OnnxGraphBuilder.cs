// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Collects the nodes and constants of a graph. A value is known by its name: what a method returns is what the next one
/// takes.</summary>
public sealed class OnnxGraphBuilder
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Adds an operation.</summary>
    /// <param name="opType">The operator.</param>
    /// <param name="path">Where in the model it is; with the operator's name that names its output.</param>
    /// <param name="inputs">Names of what it reads.</param>
    /// <returns>The name of its output: path/operator, with a number where that is taken.</returns>
    public string Node(string opType, string path, params IReadOnlyList<string> inputs) => Node(opType, path, inputs, []);

    /// <inheritdoc cref="Node(string, string, IReadOnlyList{string})"/>
    public string Node(string opType, string path, IReadOnlyList<string> inputs, IReadOnlyList<OnnxAttribute> attributes)
    {
        string output = Unused($"{path}/{opType}");
        AddNode(opType, output, inputs, attributes);
        return output;
    }

    /// <summary>Adds an operation whose output has a name that users see.</summary>
    public string NamedNode(string opType, string output, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        if (!_names.Add(output))
        {
            throw new ArgumentException($"The name '{output}' occurs twice.", nameof(output));
        }

        AddNode(opType, output, inputs, attributes);
        return output;
    }

    /// <summary>Adds a constant; one of a name that is there already is taken to be the same.</summary>
    public string Constant(OnnxTensor tensor)
    {
        if (_names.Add(tensor.Name))
        {
            _constants.Add(tensor);
        }

        return tensor.Name;
    }

    /// <summary>All that was added.</summary>
    public OnnxGraph Build(string name, IReadOnlyList<OnnxValue> inputs, IReadOnlyList<OnnxValue> outputs) =>
        new(name, inputs, outputs, _constants, _nodes);

    private void AddNode(string opType, string output, IReadOnlyList<string> inputs, IReadOnlyList<OnnxAttribute> attributes) =>
        _nodes.Add(new OnnxNode(opType, inputs, output, attributes));

    private string Unused(string name)
    {
        string unused = name;
        for (int i = 1; !_names.Add(unused); i++)
        {
            unused = $"{name}_{i}";
        }

        return unused;
    }
}
