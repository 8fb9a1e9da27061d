// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

internal static class AssemblyMarker;
