// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

internal static class AssemblyMarker;
