// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Gpu;

internal static class AssemblyMarker;
