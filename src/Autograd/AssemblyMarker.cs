// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

internal static class AssemblyMarker;
