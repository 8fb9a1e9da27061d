// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Formats.Tests;

/// <summary>Holds readers to their promise about broken files: success or one line, and no giant allocation.</summary>
internal static class Complaint
{
    private const long MostBytes = 32 << 20;

    /// <summary>Opens a file that must be refused; gives the message.</summary>
    public static TensorFileException Of(string path)
    {
        var complaint = Assert.Throws<TensorFileException>(() => ReadEverything(path));
        AssertOneLine(complaint);
        return complaint;
    }

    /// <summary>Opens a file that may be whole or broken; tells which. Anything but success or a complaint fails the test.</summary>
    public static bool IsReadable(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            ReadEverything(path);
            return true;
        }
        catch (TensorFileException e)
        {
            AssertOneLine(e);
            return false;
        }
        finally
        {
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, "allocated too much for a small file");
        }
    }

    /// <summary>Opens a file and reads all tensors in all ways.</summary>
    public static void ReadEverything(string path)
    {
        using ITensorFile file = TensorFiles.Open(path);
        foreach (TensorInfo info in file.Tensors)
        {
            byte[] bytes = file.ReadBytes(info.Name);
            if (info.Type.BitsPerElement() > 0)
            {
                Assert.Equal(info.ElementCount * info.Type.BitsPerElement() / 8, bytes.Length);
            }

            if (info.Type.IsConvertible())
            {
                var singles = new float[info.ElementCount];
                file.ReadSingles(info.Name, singles);
                Assert.True(!file.TryView(info.Name, out ReadOnlySpan<float> inPlace) || HaveEqualBits(singles, inPlace));
                file.ReadDoubles(info.Name, new double[info.ElementCount]);
            }
        }
    }

    private static bool HaveEqualBits(ReadOnlySpan<float> x, ReadOnlySpan<float> y) =>
        MemoryMarshal.AsBytes(x).SequenceEqual(MemoryMarshal.AsBytes(y));

    private static void AssertOneLine(TensorFileException complaint)
    {
        Assert.DoesNotContain(complaint.Message, char.IsControl);
        if (!complaint.File.Any(char.IsControl))
        {
            Assert.StartsWith(complaint.File, complaint.Message, StringComparison.Ordinal);
        }
    }
}
