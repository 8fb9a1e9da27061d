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

    /// <summary>[R, H] → [Q, H]: the rows that somebody reads. Only the last layer can leave rows out: all others' are keys.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="hidden">[R, H]; forgotten.</param>
    /// <param name="layout">Of the batch; its queries are the rows that are read.</param>
    public Variable Forward(Tape tape, Variable hidden, SequenceLayout layout)
    {
        SequenceLayout all = layout.WithAllQueries();
        foreach (BertLayer layer in _layers)
        {
            // The last layer goes back at once: to compute it again would save nothing.
            Variable next = layer == _layers[^1] ? layer.Forward(tape, hidden, layout)             // [Q, H]
                : tape.Recomputes ? Recompute(layer, tape, hidden, all)                            // [R, H]
                : layer.Forward(tape, hidden, all);                                                // [R, H]
            tape.Forget(hidden);
            hidden = next;
        }

        return hidden;
    }

    private static Variable Recompute(BertLayer layer, Tape tape, Variable hidden, SequenceLayout layout) =>
        tape.Recompute(hidden, (part, x) => layer.Forward(part, x, layout));
}
