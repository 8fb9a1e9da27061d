// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;

namespace BertManaged.Cli;

/// <summary>Sequences of ids, checked against a model.</summary>
/// <param name="InputIds">Ragged, [B][S].</param>
/// <param name="TokenTypeIds">Likewise; null for all 0.</param>
internal sealed record TokenBatch(IReadOnlyList<int[]> InputIds, IReadOnlyList<int[]>? TokenTypeIds)
{
    public PackedBatch Pack() => new(InputIds, TokenTypeIds);

    /// <summary>Checks that the model has rows for everything.</summary>
    /// <param name="config">Of the model.</param>
    /// <param name="wrong">Makes the exception of a problem: the user's arguments or a file may be to blame.</param>
    public void Check(BertConfig config, Func<string, Exception> wrong)
    {
        if (InputIds.Count == 0)
        {
            throw wrong("expected at least one sequence, found none");
        }

        if (TokenTypeIds is not null && TokenTypeIds.Count != InputIds.Count)
        {
            throw wrong($"{InputIds.Count} sequences have ids, {TokenTypeIds.Count} have token types");
        }

        for (int b = 0; b < InputIds.Count; b++)
        {
            CheckSequence(b, InputIds[b], TokenTypeIds?[b], config, wrong);
        }
    }

    private static void CheckSequence(int b, int[] ids, int[]? types, BertConfig config, Func<string, Exception> wrong)
    {
        if (ids.Length < 1 || ids.Length > config.MaxPositionEmbeddings)
        {
            throw wrong($"sequence {b} has {ids.Length} tokens; the model takes 1 to {config.MaxPositionEmbeddings}");
        }

        if (types is not null && types.Length != ids.Length)
        {
            throw wrong($"sequence {b} has {ids.Length} ids and {types.Length} token types");
        }

        RequireBelow(ids, config.VocabSize, b, "id", "vocab_size", wrong);
        RequireBelow(types ?? [], config.TypeVocabSize, b, "token type", "type_vocab_size", wrong);
    }

    private static void RequireBelow(int[] values, int bound, int b, string what, string key, Func<string, Exception> wrong)
    {
        int i = Array.FindIndex(values, value => value < 0 || value >= bound);
        if (i >= 0)
        {
            throw wrong($"sequence {b}, position {i}: the {what} {values[i]} is not in [0, {bound}), the model's {key}");
        }
    }
}
