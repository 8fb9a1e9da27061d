// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

internal static class AssemblyMarker;
