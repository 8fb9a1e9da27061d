// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Testing;

/// <summary>A record of pre-training data as Google's program writes it, padded, to be changed and spoilt by tests.</summary>
public sealed class PretrainingRecord
{
    /// <summary>Features by name: arrays of long, of float, or of byte strings.</summary>
    public Dictionary<string, Array> Features { get; } = [];

    /// <summary>A random example.</summary>
    /// <param name="random">Where numbers come from.</param>
    /// <param name="sequence">Tokens with padding, at least 8.</param>
    /// <param name="predictions">Masked tokens with unused slots, at least 2.</param>
    /// <param name="vocabSize">Bound of ids.</param>
    public static PretrainingRecord Draw(Random random, int sequence, int predictions, int vocabSize)
    {
        int length = random.Next(6, sequence + 1), masked = random.Next(1, predictions + 1);
        int[] positions = [.. Enumerable.Range(1, length - 1)];
        random.Shuffle(positions);
        masked = Math.Min(masked, positions.Length);
        return new PretrainingRecord
        {
            Features =
            {
                ["input_ids"] = Padded(sequence, length, _ => random.Next(vocabSize)),
                ["input_mask"] = Padded(sequence, length, _ => 1),
                ["segment_ids"] = Padded(sequence, length, i => i * 2 / length),
                ["masked_lm_positions"] = Padded(predictions, masked, i => positions[i]),
                ["masked_lm_ids"] = Padded(predictions, masked, _ => random.Next(vocabSize)),
                ["masked_lm_weights"] = Array.ConvertAll(Padded(predictions, masked, _ => 1), w => (float)w),
                ["next_sentence_labels"] = new long[] { random.Next(2) },
            },
        };
    }

    /// <summary>The bytes of the tf.Example.</summary>
    public byte[] Encode()
    {
        var encoder = new ExampleEncoder();
        foreach ((string name, Array values) in Features)
        {
            switch (values)
            {
                case long[] longs:
                    encoder.Add(name, longs);
                    break;
                case float[] floats:
                    encoder.Add(name, floats);
                    break;
                default:
                    encoder.Add(name, (ReadOnlyMemory<byte>[])values);
                    break;
            }
        }

        return encoder.Encode().ToArray();
    }

    /// <summary>A file of records.</summary>
    public static byte[] File(params IEnumerable<PretrainingRecord> records)
    {
        using var stream = new MemoryStream();
        var writer = new TFRecordWriter(stream);
        foreach (PretrainingRecord record in records)
        {
            writer.Write(record.Encode());
        }

        return stream.ToArray();
    }

    /// <summary>A file of random examples, always the same for the same numbers.</summary>
    public static byte[] RandomFile(int count, int sequence, int predictions, int vocabSize)
    {
        var random = new Random(17);
        return File(Enumerable.Range(0, count).Select(_ => Draw(random, sequence, predictions, vocabSize)));
    }

    private static long[] Padded(int total, int used, Func<int, int> value) =>
        [.. Enumerable.Range(0, total).Select(i => i < used ? value(i) : 0L)];
}
