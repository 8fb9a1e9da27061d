// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>The backends that goldens are held against.</summary>
public static class Backends
{
    public const string Cpu = "cpu", Reference = "reference";

    public static IBackend Create(string name) => name == Cpu ? new CpuBackend(threads: 2) : new ReferenceBackend();
}
