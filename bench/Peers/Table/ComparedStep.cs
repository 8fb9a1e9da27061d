// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>Something that is measured here and there, in turn.</summary>
/// <param name="Name">What it is, as the table has it.</param>
/// <param name="Opponent">Against what, as the table has it.</param>
/// <param name="Own">Arguments of bert.</param>
/// <param name="Peers">Arguments of the peers' program; the quicker one counts.</param>
/// <param name="HasMemory">Whether peak memory is compared too.</param>
internal sealed record ComparedStep(string Name, string Opponent, string[] Own, string[][] Peers, bool HasMemory = false)
{
    /// <summary>What it needs that is not there; null for nothing.</summary>
    public string? Missing { get; init; }
}
