// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A key and its value in a sorted table.</summary>
internal readonly record struct TableEntry(byte[] Key, byte[] Value);
