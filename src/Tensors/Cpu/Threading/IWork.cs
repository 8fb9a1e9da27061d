// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Work cut into numbered pieces that do not touch each other's results, done in any order by any thread.</summary>
/// <remarks>A struct, not a closure: starting it allocates nothing and the call is direct.</remarks>
internal interface IWork
{
    /// <summary>Does one piece.</summary>
    /// <param name="piece">Number of the piece, from 0.</param>
    /// <param name="scratch">Working memory of the thread that does it.</param>
    void Run(int piece, Scratch scratch);
}
