// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

/// <summary>One input of a BERT model, without padding.</summary>
/// <param name="InputIds">[CLS] A [SEP], or [CLS] A [SEP] B [SEP]; [S].</param>
/// <param name="TokenTypeIds">0 up to and with the first [SEP], then 1; [S].</param>
public sealed record SequenceEncoding(int[] InputIds, int[] TokenTypeIds);
