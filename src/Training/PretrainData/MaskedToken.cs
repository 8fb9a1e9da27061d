// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A token of an example that the model has to tell.</summary>
/// <param name="Position">Where it is in the example; 0 is [CLS].</param>
/// <param name="Id">What the model sees there: [MASK], the token itself, or any other.</param>
internal readonly record struct MaskedToken(int Position, int Id);
