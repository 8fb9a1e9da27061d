// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>Reads the text behind a flag.</summary>
internal delegate bool TryParse<T>(string text, out T value);

/// <summary>What may stand behind a flag.</summary>
/// <param name="Name">What help shows for it, for example N; empty where help need not say.</param>
/// <param name="Allowed">What a message says was expected.</param>
/// <param name="TryParse">Reads it.</param>
internal sealed record FlagValue<T>(string Name, string Allowed, TryParse<T> TryParse);
