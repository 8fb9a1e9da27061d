// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>Makes examples of records, and finds what is wrong with them. Not for several threads at once.</summary>
/// <param name="format">What they must look like.</param>
public sealed class PretrainingExampleReader(PretrainingFormat format)
{
    private readonly ExampleParser _parser = new(format.Features);
    private TFRecordPlace _place;

    /// <summary>Reads an example, without its padding and without the slots of weight 0.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="place">Where it is from, for messages.</param>
    /// <exception cref="TFRecordException">A feature is missing, of another kind or length, or a number is out of its bounds.</exception>
    public PretrainingExample Read(ReadOnlySpan<byte> record, TFRecordPlace place)
    {
        _place = place;
        _parser.Parse(record, place);
        int length = Length();
        int[] slots = UsedSlots();
        ReadOnlySpan<float> weights = _parser.Floats("masked_lm_weights");
        return new PretrainingExample(
            First("input_ids", length, format.VocabSize),
            First("segment_ids", length, format.TypeVocabSize),
            Chosen("masked_lm_positions", slots, length),
            Chosen("masked_lm_ids", slots, format.VocabSize),
            Doubles(weights, slots),
            format.NextSentence ? Bounded("next_sentence_labels", 0, 2) : 0);
    }

    /// <summary>The real tokens come first: the engine knows no other padding.</summary>
    private int Length()
    {
        ReadOnlySpan<long> mask = _parser.Int64("input_mask");
        int length = mask.IndexOf(0) is >= 0 and var first ? first : mask.Length;
        int wrong = mask[..length].IndexOfAnyExcept(1) is >= 0 and var at ? at
            : mask[length..].IndexOfAnyExcept(0) is >= 0 and var later ? length + later
            : -1;
        return wrong >= 0 ? throw Wrong($"input_mask[{wrong}] is {mask[wrong]}, expected 1 for tokens, then 0 for padding up to the end")
            : length == 0 ? throw Wrong("input_mask is all 0, so that there are no tokens")
            : length;
    }

    private int[] UsedSlots()
    {
        var used = new List<int>(format.MaxPredictions);
        ReadOnlySpan<float> weights = _parser.Floats("masked_lm_weights");
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw Wrong($"masked_lm_weights[{i}] is {weights[i]}, expected a number of at least 0");
            }

            if (weights[i] != 0)
            {
                used.Add(i);
            }
        }

        return [.. used];
    }

    private int[] First(string feature, int count, int bound)
    {
        var values = new int[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Bounded(feature, i, bound);
        }

        return values;
    }

    private int[] Chosen(string feature, int[] slots, int bound) => Array.ConvertAll(slots, slot => Bounded(feature, slot, bound));

    private static double[] Doubles(ReadOnlySpan<float> values, int[] slots)
    {
        var chosen = new double[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            chosen[i] = values[slots[i]];
        }

        return chosen;
    }

    private int Bounded(string feature, int i, int bound)
    {
        long value = _parser.Int64(feature)[i];
        return value >= 0 && value < bound ? (int)value : throw Wrong($"{feature}[{i}] is {value}, {Meaning(feature, bound)}");
    }

    private static string Meaning(string feature, int bound) => feature switch
    {
        "input_ids" or "masked_lm_ids" =>
            $"but the config's vocab_size is {bound}; give the config whose vocabulary the examples were made with",
        "segment_ids" => $"but the config's type_vocab_size is {bound}; give the config that the examples were made for",
        "masked_lm_positions" => $"but the example has {bound} tokens",
        _ => "expected 0 for a sentence that follows or 1 for a random one",
    };

    private TFRecordException Wrong(string problem) => new(_place, problem);
}
