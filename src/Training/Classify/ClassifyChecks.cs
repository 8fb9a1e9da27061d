// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using static BertManaged.Training.RunChecks;

namespace BertManaged.Training;

/// <summary>What can be said of options before any file is opened, and of options and model together.</summary>
internal static class ClassifyChecks
{
    /// <exception cref="OptionsException">An option is missing or out of range.</exception>
    public static void Options(ClassifyOptions options)
    {
        CasingCheck.Run(options);
        RunChecks.Options(options);
        Require(options.DoTrain || options.DoEval || options.DoPredict,
            "nothing to do: at least one of --do_train, --do_eval and --do_predict must be true");
        Require(options.MaxSeqLength >= 3, $"--max_seq_length must be at least 3 ([CLS], a token, [SEP]), but is {options.MaxSeqLength}");
        AtLeast(1, options.PredictBatchSize, "predict_batch_size");
        AtMost(LargestBatch, options.PredictBatchSize, "predict_batch_size");
        Require(options.NumTrainEpochs > 0 && double.IsFinite(options.NumTrainEpochs),
            $"--num_train_epochs must be above 0, but is {options.NumTrainEpochs}");
        Require(options.WarmupProportion is >= 0 and <= 1, $"--warmup_proportion must be in [0, 1], but is {options.WarmupProportion}");
    }

    /// <exception cref="OptionsException">Options, config and vocabulary do not fit each other.</exception>
    public static void Model(ClassifyOptions options, BertConfig config, int vocabularySize, string vocabularyName)
    {
        Require(options.MaxSeqLength <= config.MaxPositionEmbeddings,
            $"--max_seq_length {options.MaxSeqLength} is more than the {config.MaxPositionEmbeddings} positions the model has; "
            + $"lower it to {config.MaxPositionEmbeddings}");
        Require(vocabularySize <= config.VocabSize,
            $"{vocabularyName} has {vocabularySize} tokens, but the config's vocab_size is {config.VocabSize}; "
            + "give the vocabulary that belongs to the model");
        Require(vocabularySize >= config.VocabSize,
            $"{vocabularyName} has only {vocabularySize} of the {config.VocabSize} tokens that the config's vocab_size says; "
            + "give the whole vocabulary (lines such as [unused1] can stand for rows without a token)");
    }
}
