// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model;

internal static class AssemblyMarker;
