// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A tensor of a safetensors header: what it is and which bytes [Begin, End) of the data it has.</summary>
internal sealed record SafetensorsTensor(TensorInfo Info, long Begin, long End);
