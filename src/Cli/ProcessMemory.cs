// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace BertManaged.Cli;

/// <summary>The memory of this process.</summary>
internal static class ProcessMemory
{
    /// <summary>The most it has had in use so far, in millions of bytes; managed or not.</summary>
    public static double PeakMegabytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1e6;
        }
    }
}
