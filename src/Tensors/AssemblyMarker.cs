// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

internal static class AssemblyMarker;
