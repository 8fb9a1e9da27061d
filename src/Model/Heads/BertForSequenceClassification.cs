// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>BERT with a linear head on the pooled row: classification, or regression with one output.</summary>
/// <remarks>google-research/bert run_classifier.py, create_model; transformers BertForSequenceClassification.</remarks>
public sealed class BertForSequenceClassification
{
    private readonly BertModel _bert;
    private readonly Linear _classifier;
    private readonly double _dropout;

    /// <summary>Reads or initialises model and head.</summary>
    /// <param name="source">At the root.</param>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="labelCount">Outputs, C; 1 for regression.</param>
    public BertForSequenceClassification(ParameterSource source, BertConfig config, int labelCount)
    {
        _dropout = config.ClassifierDropout;
        _bert = new BertModel(source.At("bert"), config);
        _classifier = new Linear(source.At("classifier"), config.HiddenSize, labelCount);
        Parameters = source.Parameters;
    }

    /// <summary>All parameters, in the order of the model.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Scores of the classes, [B, C].</summary>
    public Variable Logits(Tape tape, PackedBatch batch)
    {
        var firstRows = new IndexTensor(batch.Layout.FirstRows());                       // [B]
        Variable first = _bert.SequenceOutput(tape, batch, firstRows);                   // [B, H]
        Variable pooled = _bert.Pool(tape, first);                                       // [B, H]
        Variable dropped = tape.Dropout(pooled, _dropout);                               // [B, H]
        tape.Forget(first, pooled);
        Variable logits = _classifier.Forward(tape, dropped);                            // [B, C]
        tape.Forget(dropped);
        return tape.Observe("logits", logits);
    }
}
