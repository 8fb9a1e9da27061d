// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests.Inspect;

/// <summary>Writes batch files.</summary>
internal static class BatchText
{
    /// <summary>A JSON object of ragged lists.</summary>
    public static string Of(params (string Key, object Value)[] lists) =>
        JsonSerializer.Serialize(lists.ToDictionary(list => list.Key, list => list.Value));
}
