// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>What the calls of one kernel add up to.</summary>
internal sealed class KernelTotals
{
    public long Calls { get; private set; }

    /// <summary>In ticks of the stopwatch.</summary>
    public long Ticks { get; private set; }

    /// <summary>Operations of its matrix products.</summary>
    public double Flops { get; private set; }

    /// <summary>Bytes read and written, for kernels that have no matrix product.</summary>
    public double Bytes { get; private set; }

    public void Add(long ticks, double flops, double bytes) =>
        (Calls, Ticks, Flops, Bytes) = (Calls + 1, Ticks + ticks, Flops + flops, Bytes + bytes);

    /// <summary>Forgets all calls. The object stays: a step allocates nothing for being watched.</summary>
    public void Clear() => (Calls, Ticks, Flops, Bytes) = (0, 0, 0, 0);
}
