// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Training;

namespace BertManaged.Model.Tests;

/// <summary>Google's own programs on TensorFlow: every intermediate, three kinds of output, losses, gradients, both norms.</summary>
public class ForwardTinyTests
{
    private const string Folder = "goldens/google/forward-tiny/";

    public static MatrixTheoryData<string, string> BackendsAndBatches => new([Backends.Cpu, Backends.Reference], ["a", "b"]);

    [Theory, MemberData(nameof(BackendsAndBatches))]
    public void PreTraining_OnRealRows_EqualsTensorFlow(string backend, string batch)
    {
        using var run = new Run(backend, batch);
        PreTrainingOutput output = run.PreTraining();
        run.CompareIntermediates("pretraining");
        run.CompareLogProbabilities("pretraining/masked_lm_log_probs", output.MaskedLmLogits);
        run.CompareLogProbabilities("pretraining/next_sentence_log_probs", output.NextSentenceLogits!);
        run.Compare("pretraining/masked_lm_loss", run.Recorder.Read(output.MaskedLmLoss.Value));
        run.Compare("pretraining/next_sentence_loss", run.Recorder.Read(output.NextSentenceLoss!.Value));
        run.Compare("pretraining/total_loss", run.Recorder.Read(output.Loss.Value));
        run.CompareGradients("pretraining");
    }

    [Theory, MemberData(nameof(BackendsAndBatches))]
    public void Classifier_OnRealRows_EqualsTensorFlow(string backend, string batch)
    {
        using var run = new Run(backend, batch, allRows: false);
        (Variable logits, Variable loss) = run.Classify();
        run.Compare("classifier/logits", run.Recorder.Read(logits.Value));
        run.Compare("classifier/loss", run.Recorder.Read(loss.Value));
        run.CompareGradients("classifier");
    }

    [Theory]
    [InlineData(Backends.Cpu)]
    [InlineData(Backends.Reference)]
    public void OneHotEmbeddings_OfTensorFlow_SeeTheTrueNorm(string backend)
    {
        using var run = new Run(backend, "a", allRows: false);
        PreTrainingOutput output = run.PreTraining();
        run.Compare("pretraining-one-hot/total_loss", run.Recorder.Read(output.Loss.Value));
        run.Compare("pretraining-one-hot/global_norm", [run.TrueNorm]);
        run.Compare("pretraining-one-hot/global_norm_dense", [run.TrueNorm]);
    }

    [Theory]
    [InlineData(Backends.Cpu)]
    [InlineData(Backends.Reference)]
    public void IdsOnly_WithoutMaskAndTypes_EqualsTensorFlow(string backend)
    {
        using var run = new Run(backend, "a", idsOnly: true);
        run.Classify();
        run.CompareOutputs("ids-only");
    }

    public static MatrixTheoryData<string, HiddenActivation> BackendsAndActivations => new(
        [Backends.Cpu, Backends.Reference], [HiddenActivation.Relu, HiddenActivation.Tanh, HiddenActivation.Linear]);

    [Theory, MemberData(nameof(BackendsAndActivations))]
    public void HiddenAct_OfEveryKind_EqualsTensorFlow(string backend, HiddenActivation activation)
    {
        using var run = new Run(backend, "a", activation: activation);
        run.Classify();
        run.CompareOutputs($"hidden_act-{activation.ToString().ToLowerInvariant()}");
    }

    private sealed class Run : IDisposable
    {
        private readonly IBackend _backend;
        private readonly GoldenTensors _expected, _inputs;
        private readonly ITensorFile _weights, _heads;
        private readonly string _batchName;
        private readonly BertConfig _config;
        private readonly int[] _lengths;
        private readonly int _padded;
        private readonly double _tolerance;
        private readonly Tape _tape;
        private readonly bool _idsOnly;
        private IReadOnlyList<Parameter> _parameters = [];

        public Run(
            string backend, string batch, bool idsOnly = false, bool allRows = true,
            HiddenActivation activation = HiddenActivation.GeluTanh)
        {
            _backend = Backends.Create(backend);
            (_batchName, _idsOnly, _tolerance) = (batch, idsOnly, backend == Backends.Cpu ? 2e-5 : 1e-9);
            _expected = GoldenTensors.Open($"{Folder}outputs-{(backend == Backends.Cpu ? "float32" : "float64")}.safetensors");
            _inputs = GoldenTensors.Open(Folder + "inputs.safetensors");
            _weights = TensorFiles.Open(SharedFolder.Path("goldens/google/checkpoint-tiny/uncased_L-3_H-20_A-4.zip"));
            _heads = TensorFiles.Open(SharedFolder.Path(Folder + "heads.safetensors"));
            _config = new ModelFiles(_weights.Path).ReadConfig();
            Assert.Equal(HiddenActivation.GeluTanh, _config.HiddenAct);
            _config = _config with { HiddenAct = activation };
            _padded = _inputs.Shape($"{batch}/input_ids")[1];
            _lengths = [.. _inputs.IntRows($"{batch}/input_mask").Select(mask => idsOnly ? mask.Length : mask.Sum())];
            Recorder = new Recorder(_backend);
            _tape = new Tape(_backend) { Observer = Recorder, TracksSlicedNorms = true, WantsAllRows = allRows };
        }

        public Recorder Recorder { get; }

        public double TrueNorm => GradientNorm.True(_backend, _parameters);

        public PreTrainingOutput PreTraining()
        {
            var model = new BertForPreTraining(Source(), _config);
            PackedBatch batch = Batch();
            double[][] weights = [.. _inputs.Doubles($"{_batchName}/masked_lm_weights").Chunk(6)];
            MaskedLmTargets targets = MaskedLmTargets.Google(batch.Layout, Rows("masked_lm_positions"), Rows("masked_lm_ids"), weights);
            PreTrainingOutput output = model.Forward(_tape, batch, targets, Labels("next_sentence_labels"));
            _tape.Backward(output.Loss, model.Parameters);
            _parameters = model.Parameters;
            return output;
        }

        public (Variable Logits, Variable Loss) Classify()
        {
            var model = new BertForSequenceClassification(Source(), _config, labelCount: 3);
            Variable logits = model.Logits(_tape, Batch());
            Variable loss = _tape.CrossEntropy(logits, Labels("label_ids"));
            _tape.Backward(loss, model.Parameters);
            _parameters = model.Parameters;
            return (logits, loss);
        }

        public void Compare(string name, double[] actual) =>
            Near.Absolute(_expected.Doubles($"{_batchName}/{name}"), actual, _tolerance, name);

        public void CompareOutputs(string part)
        {
            Near.PackedRows(
                _expected.Doubles($"{_batchName}/{part}/sequence_output"), _lengths, _padded, Recorder.Values["bert.encoder.layer.2"],
                    _tolerance, part);
            Compare($"{part}/pooled_output", Recorder.Values["bert.pooler"]);
        }

        public void CompareIntermediates(string part)
        {
            CompareOutputs(part);
            Near.PackedRows(
                _expected.Doubles($"{_batchName}/{part}/embedding_output"), _lengths, _padded, Recorder.Values["bert.embeddings"],
                    _tolerance, "embeddings");
            for (int i = 0; i < _config.NumHiddenLayers; i++)
            {
                string layer = $"bert.encoder.layer.{i}";
                Near.PackedRows(
                    _expected.Doubles($"{_batchName}/{part}/encoder_layer_{i}"), _lengths, _padded, Recorder.Values[layer], _tolerance,
                        layer);
                CompareProbabilities($"{_batchName}/{part}/attention_probs_{i}", $"{layer}.attention.self.probs");
            }
        }

        /// <summary>[B, N, S, S] against one [N, s, s] for each sequence.</summary>
        private void CompareProbabilities(string name, string ours)
        {
            double[] all = _expected.Doubles(name);
            int heads = _config.NumAttentionHeads;
            for (int b = 0; b < _lengths.Length; b++)
            {
                double[] packed = Recorder.Values[$"{ours}.{b}"];
                var real = new List<double>();
                for (int row = 0; row < heads * _lengths[b]; row++)
                {
                    int start = ((((b * heads) + (row / _lengths[b])) * _padded) + (row % _lengths[b])) * _padded;
                    real.AddRange(all[start..(start + _lengths[b])]);
                }

                Near.Absolute([.. real], packed, _tolerance, $"{ours}.{b}");
            }
        }

        public void CompareLogProbabilities(string name, Variable logits)
        {
            double[][] rows = [.. Recorder.Read(logits.Value).Chunk(logits.Shape.Columns)];
            Compare(name, [.. rows.SelectMany(row => row.Select(x => x - row.Max() - Math.Log(row.Sum(y => Math.Exp(y - row.Max())))))]);
        }

        public void CompareGradients(string part)
        {
            foreach (Parameter parameter in _parameters)
            {
                StoredName stored = WeightNames.TensorFlow(parameter.Name)!.Value;
                double[] expected = _expected.Doubles($"{_batchName}/{part}/grad/{stored.Name}");
                Near.Absolute(
                    stored.IsTransposed ? Transposed(expected, parameter.Shape) : expected, Recorder.Gradients[parameter.Name],
                    _tolerance, stored.Name);
            }

            Assert.Equal(
                _parameters.Count, _expected.Names.Count(n => n.StartsWith($"{_batchName}/{part}/grad/", StringComparison.Ordinal)));
            Compare($"{part}/global_norm_dense", [TrueNorm]);
            Compare($"{part}/global_norm", [GradientNorm.TensorFlow(_backend, _parameters)]);
        }

        public void Dispose()
        {
            _expected.Dispose();
            _inputs.Dispose();
            _weights.Dispose();
            _heads.Dispose();
            _backend.Dispose();
        }

        private static double[] Transposed(double[] values, Shape ours)
        {
            var transposed = new double[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                transposed[i] = values[((i % ours[1]) * ours[0]) + (i / ours[1])];
            }

            return transposed;
        }

        private ParameterSource Source() => new(
            _backend,
            new RenamedWeights(
                new CheckpointWeights(_weights),
                name => name is "output_weights" or "output_bias" ? $"classifier/{name}" : name,
                new CheckpointWeights(_heads)),
            seed: 1, initializerRange: 0.02);

        private PackedBatch Batch() => new(
            _inputs.IntRows($"{_batchName}/input_ids", _lengths), _idsOnly ? null : _inputs.IntRows($"{_batchName}/segment_ids", _lengths));

        private int[][] Rows(string name) => _inputs.IntRows($"{_batchName}/{name}");

        private IndexTensor Labels(string name) => new(_inputs.Ints($"{_batchName}/{name}"));
    }
}
