// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Text;
using static BertManaged.Training.RunChecks;

namespace BertManaged.Training;

/// <summary>What can be said of options before any file is opened, and of options, model and data together.</summary>
internal static class PretrainChecks
{
    /// <exception cref="OptionsException">An option is missing or out of range.</exception>
    public static void Options(PretrainOptions options)
    {
        RunChecks.Options(options);
        Require(options.DoTrain || options.DoEval, "nothing to do: at least one of --do_train and --do_eval must be true");
        AtLeast(1, options.MaxSeqLength, "max_seq_length");
        AtLeast(1, options.MaxPredictionsPerSeq, "max_predictions_per_seq");
        AtMost(LargestBatch, options.MaxPredictionsPerSeq, "max_predictions_per_seq");
        AtLeast(1, options.NumTrainSteps, "num_train_steps");
        AtLeast(0, options.NumWarmupSteps, "num_warmup_steps");
        AtLeast(1, options.MaxEvalSteps, "max_eval_steps");
        Require(options.GradientAccumulationSteps >= 1 && options.GradientAccumulationSteps <= options.TrainBatchSize,
            $"--gradient_accumulation_steps must be in [1, --train_batch_size {options.TrainBatchSize}], the number of parts that a batch "
            + $"is computed in, but is {options.GradientAccumulationSteps}");
        Require(options.GradientAccumulationSteps == 1 || options.ClipNorm != ClipNorm.TensorFlow,
            "--clip_norm=tensorflow needs --gradient_accumulation_steps=1: it squares the decoder's gradient of the whole batch, and in "
            + "parts that is never there");
    }

    /// <exception cref="OptionsException">Options, config and vocabulary do not fit each other.</exception>
    public static void Model(PretrainOptions options, RunModel model)
    {
        (BertConfig config, Vocabulary? vocabulary) = (model.Config, model.Vocabulary);
        Require(options.DoTrain || model.Weights is not null,
            $"--do_eval has nothing to evaluate: there is no trained model in {options.OutputDir}, and no --init_checkpoint or --model is "
            + "given; give one of them, the --output_dir of a run, or --do_train");
        Require(options.MaxSeqLength <= config.MaxPositionEmbeddings,
            $"--max_seq_length {options.MaxSeqLength} is more than the {config.MaxPositionEmbeddings} positions the model has; "
            + $"make the data with {config.MaxPositionEmbeddings}, or give a config with more max_position_embeddings");
        Require(vocabulary is null || vocabulary.Count == config.VocabSize,
            $"{vocabulary?.SourceName} has {vocabulary?.Count} tokens, but the config's vocab_size is {config.VocabSize}; "
            + "give the vocabulary that the data was made with, and a config that says its size");
    }

    /// <exception cref="TextDataException">The files are empty.</exception>
    public static void HasExamples(PretrainingData data, string flag, string list)
    {
        if (data.Count == 0)
        {
            throw new TextDataException($"{list}: expected examples, found none; make the data of {flag} again with bert pretrain-data");
        }
    }

    /// <exception cref="OptionsException">There is less than a batch.</exception>
    public static void Count(int examples, PretrainOptions options) => Require(
        examples >= options.TrainBatchSize,
        $"{options.InputFile} has {examples} examples, fewer than --train_batch_size {options.TrainBatchSize}; lower the batch size");
}
