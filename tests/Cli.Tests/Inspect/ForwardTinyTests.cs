// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;

namespace BertManaged.Cli.Tests.Inspect;

/// <summary>Google's own model code: intermediates, losses and gradients on ragged batches, from the released-like .zip and from a
/// safetensors file with Google's names and a config beside it.</summary>
public class ForwardTinyTests
{
    private const string Folder = "goldens/google/forward-tiny/", Checkpoint = "goldens/google/checkpoint-tiny/";

    private const int Hidden = 20;

    [Theory]
    [InlineData("a", "cpu", 2e-5)]
    [InlineData("b", "cpu", 2e-5)]
    [InlineData("a", "reference", 1e-9)]
    [InlineData("b", "reference", 1e-9)]
    public void Forward_OnTheRealRows_EqualsTensorFlow(string batch, string backend, double tolerance)
    {
        using var run = new TinyRun(batch, backend);
        using DumpFile found = run.Inspect("forward", SharedFolder.Path($"{Checkpoint}uncased_L-3_H-20_A-4.zip"));
        Near.Equal("embeddings", run.RealRows("pretraining/embedding_output"), found.Doubles("bert.embeddings"), tolerance);
        for (int i = 0; i < 3; i++)
        {
            string layer = $"bert.encoder.layer.{i}";
            Near.Equal(layer, run.RealRows($"pretraining/encoder_layer_{i}"), found.Doubles(layer), tolerance);
            Assert.All(run.RealProbabilities($"pretraining/attention_probs_{i}").Index(), probs =>
                Near.Equal(
                    $"{layer} probs {probs.Index}", probs.Item, found.Doubles($"{layer}.attention.self.probs.{probs.Index}"), tolerance));
        }

        Near.Equal("pooler", run.Golden("pretraining/pooled_output"), found.Doubles("bert.pooler"), tolerance);
    }

    [Theory]
    [InlineData("a", "cpu", 2e-5)]
    [InlineData("b", "cpu", 2e-5)]
    [InlineData("a", "reference", 1e-9)]
    [InlineData("b", "reference", 1e-9)]
    public void Gradients_OfPreTraining_EqualTensorFlows(string batch, string backend, double tolerance)
    {
        using var run = new TinyRun(batch, backend);
        using DumpFile found = run.Inspect("gradients", SharedFolder.Path($"{Checkpoint}uncased_L-3_H-20_A-4.zip"), "--task", "pretrain");
        Near.Equal("loss", run.Golden("pretraining/total_loss"), found.Doubles("loss"), tolerance);
        Near.Equal("masked_lm_loss", run.Golden("pretraining/masked_lm_loss"), found.Doubles("masked_lm_loss"), tolerance);
        Near.Equal("next_sentence_loss", run.Golden("pretraining/next_sentence_loss"), found.Doubles("next_sentence_loss"), tolerance);
        run.CompareGradients("pretraining", found, tolerance);
    }

    [Theory]
    [InlineData("a", "cpu", 2e-5)]
    [InlineData("b", "reference", 1e-9)]
    public void Classifier_FromGooglesNamesAndOtherHead_EqualsTensorFlow(string batch, string backend, double tolerance)
    {
        using var run = new TinyRun(batch, backend);
        string model = run.WriteClassifier();
        using DumpFile forward = run.Inspect("forward", model);
        Near.Equal("logits", run.Golden("classifier/logits"), forward.Doubles("logits"), tolerance);
        using DumpFile found = run.Inspect("gradients", model, "--task", "classify");
        Near.Equal("logits", run.Golden("classifier/logits"), found.Doubles("logits"), tolerance);
        Near.Equal("loss", run.Golden("classifier/loss"), found.Doubles("loss"), tolerance);
        run.CompareGradients("classifier", found, tolerance);
    }

    private sealed class TinyRun : IDisposable
    {
        private readonly GoldenTensors _expected, _inputs = GoldenTensors.Open($"{Folder}inputs.safetensors");
        private readonly TemporaryFolder _folder = new();
        private readonly string _batch, _backend, _batchFile;
        private readonly int[] _lengths;
        private readonly int _padded;

        public TinyRun(string batch, string backend)
        {
            (_batch, _backend) = (batch, backend);
            _expected =
                GoldenTensors.Open(backend == "cpu" ? $"{Folder}outputs-float32.safetensors" : $"{Folder}outputs-float64.safetensors");
            _padded = _inputs.Shape($"{batch}/input_mask")[1];
            _lengths = [.. _inputs.IntRows($"{batch}/input_mask").Select(row => row.Sum())];
            _batchFile = _folder.Write("batch.json", BatchText.Of(
                ("input_ids", _inputs.IntRows($"{batch}/input_ids", _lengths)),
                ("token_type_ids", _inputs.IntRows($"{batch}/segment_ids", _lengths)),
                ("labels", _inputs.Ints($"{batch}/label_ids")),
                ("masked_lm_positions", _inputs.IntRows($"{batch}/masked_lm_positions")),
                ("masked_lm_ids", _inputs.IntRows($"{batch}/masked_lm_ids")),
                ("masked_lm_weights", _inputs.Doubles($"{batch}/masked_lm_weights").Chunk(6)),
                ("next_sentence_labels", _inputs.Ints($"{batch}/next_sentence_labels"))));
        }

        public DumpFile Inspect(string verb, string model, params string[] flags)
        {
            string output = _folder.At($"{verb}.safetensors");
            BertInside.Run(["inspect", verb, model, "--batch", _batchFile, "--backend", _backend, "--output", output, .. flags])
                .Succeeded();
            return new DumpFile(output);
        }

        /// <summary>All variables and the classification head in one file, as a fine-tuned Google model has them.</summary>
        public string WriteClassifier()
        {
            using GoldenTensors variables = GoldenTensors.Open($"{Checkpoint}variables.safetensors"),
                heads = GoldenTensors.Open($"{Folder}heads.safetensors");
            IEnumerable<string> encoder = variables.Names.Where(name => name.StartsWith("bert/", StringComparison.Ordinal));
            List<TensorEntry> all = [.. encoder.Select(name => Entry(variables, name, name))];
            all.Add(Entry(heads, "classifier/output_weights", "output_weights"));
            all.Add(Entry(heads, "classifier/output_bias", "output_bias"));
            _folder.Write("classifier/bert_config.json", File.ReadAllText(SharedFolder.Path($"{Checkpoint}bert_config.json")));
            SafetensorsWriter.Write(_folder.At("classifier", "weights.safetensors"), all);
            return _folder.At("classifier", "weights.safetensors");
        }

        public double[] Golden(string name) => _expected.Doubles($"{_batch}/{name}");

        /// <summary>[B, S, H] without the padding.</summary>
        public double[] RealRows(string name) =>
            [.. Golden(name).Chunk(_padded * Hidden).SelectMany((rows, b) => rows[..(_lengths[b] * Hidden)])];

        /// <summary>[B, A, S, S] without the padding, a sequence at a time.</summary>
        public IEnumerable<double[]> RealProbabilities(string name) => Golden(name).Chunk(4 * _padded * _padded).Select((probs, b) =>
            probs.Chunk(_padded * _padded).SelectMany(head => head.Chunk(_padded).Take(_lengths[b]).SelectMany(row => row[.._lengths[b]]))
                .ToArray());

        public void CompareGradients(string part, DumpFile found, double tolerance)
        {
            string prefix = $"{_batch}/{part}/grad/";
            string[] expected =
                [.. _expected.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])];
            TensorInfo[] gradients = [.. found.Tensors.Where(tensor => tensor.Name.StartsWith("grad/", StringComparison.Ordinal))];
            Assert.Equal(expected.Length, gradients.Length);
            foreach (TensorInfo gradient in gradients)
            {
                StoredName stored = WeightNames.TensorFlow(gradient.Name["grad/".Length..])!.Value;
                double[] values = found.Doubles(gradient.Name);
                Near.Equal(
                    stored.Name, Golden($"{part}/grad/{stored.Name}"), stored.IsTransposed ? Transposed(values, gradient.Shape) : values,
                    tolerance);
            }
        }

        public void Dispose()
        {
            _expected.Dispose();
            _inputs.Dispose();
            _folder.Dispose();
        }

        private static TensorEntry Entry(GoldenTensors file, string name, string newName) =>
            TensorEntry.Of(
                newName, [.. file.Shape(name).Select(length => (long)length)], Array.ConvertAll(file.Doubles(name), value => (float)value));

        private static double[] Transposed(double[] values, IReadOnlyList<long> shape) =>
            [.. Enumerable.Range(0, (int)shape[1]).SelectMany(column => values.Where((_, i) => i % (int)shape[1] == column))];
    }
}
