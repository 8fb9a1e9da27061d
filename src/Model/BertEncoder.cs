// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>The stack of layers.</summary>
public sealed class BertEncoder
{
    private readonly BertLayer[] _layers;

    /// <summary>Reads or initialises every layer.</summary>
    public BertEncoder(ParameterSource source, BertConfig config) =>
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(i => new BertLayer(source.At($"layer.{i}"), config))];

    /// <summary>[R, H] → [R, H].</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="hidden">[R, H]; forgotten.</param>
    /// <param name="layout">Of the batch.</param>
    public Variable Forward(Tape tape, Variable hidden, SequenceLayout layout)
    {
        foreach (BertLayer layer in _layers)
        {
            Variable next = layer.Forward(tape, hidden, layout);                         // [R, H]
            tape.Forget(hidden);
            hidden = next;
        }

        return hidden;
    }
}
