// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>Holds the garbage collector to a limit of memory: without it, what is no longer needed stays until there is some reason to
/// look for it.</summary>
internal static class HeapLimit
{
    // What the program takes beside the managed heap: its code, the runtime, stacks, buffers of files.
    private const long BesideTheHeap = 60_000_000;

    // Less is refused anyway, in words that say how much is needed.
    private const long LeastHeap = 20_000_000;

    /// <summary>Sets the limit of this process.</summary>
    /// <param name="bytes">For the process as a whole.</param>
    public static void Set(long bytes)
    {
        if (bytes - BesideTheHeap >= LeastHeap)
        {
            AppContext.SetData("GCHeapHardLimit", (ulong)(bytes - BesideTheHeap));
            GC.RefreshMemoryLimit();
        }
    }
}
