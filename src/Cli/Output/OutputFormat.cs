// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>How results are printed on standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs; keys in snake_case.</summary>
    Json,
}
