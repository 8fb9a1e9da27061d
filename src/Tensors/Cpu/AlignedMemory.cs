// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Tensors;

/// <summary>Memory of the operating system. Large blocks ask Linux for pages of 2 MiB: a step goes through hundreds of megabytes, and
/// with pages of 4 KiB a good part of its time is spent looking up addresses.</summary>
internal static unsafe partial class AlignedMemory
{
    /// <summary>Bytes of a large page.</summary>
    public const int HugePage = 1 << 21;

    // MADV_HUGEPAGE of <sys/mman.h>.
    private const int AdviseHugePages = 14;

    /// <summary>Memory of undefined content.</summary>
    /// <param name="bytes">At least so many.</param>
    /// <param name="alignment">Of the first address; a power of two.</param>
    public static void* Allocate(nuint bytes, nuint alignment)
    {
        if (bytes < HugePage || !OperatingSystem.IsLinux())
        {
            return NativeMemory.AlignedAlloc(bytes, alignment);
        }

        // Whole pages, so that the end lies on a large one too.
        nuint whole = (bytes + HugePage - 1) / HugePage * HugePage;
        void* memory = NativeMemory.AlignedAlloc(whole, HugePage);

        // Advice: where it is not taken, all works as before.
        _ = Advise(memory, whole, AdviseHugePages);
        return memory;
    }

    /// <summary>Gives it back.</summary>
    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
