// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Text;

namespace BertManaged.Peers;

/// <summary>The versions of symbols that a shared library of Linux needs from others.</summary>
/// <remarks>Linux Standard Base, "Symbol Versioning": sections of type SHT_GNU_verneed, of 64-bit little-endian ELF.</remarks>
internal static class VersionNeeds
{
    private const uint SectionType = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Marks a version as weak in a file: the loader then goes on where it is not there.</summary>
    public static int Weaken(string library, string version)
    {
        byte[] elf = File.ReadAllBytes(library);
        int marked = Sections(elf).Where(section => section.Type == SectionType).Sum(section => Weaken(elf, section, version));
        if (marked == 0)
        {
            throw new InvalidOperationException($"{library}: it does not need {version}");
        }

        File.WriteAllBytes(library, elf);
        return 0;
    }

    /// <summary>The table of sections: where it is, the length of an entry and their number are in the header.</summary>
    private static Section[] Sections(byte[] elf)
    {
        long table = BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan(40));
        int size = UInt16(elf, 58), count = UInt16(elf, 60);
        return [.. Enumerable.Range(0, count).Select(i => (int)table + (i * size)).Select(at =>
            new Section(UInt32(elf, at + 4), (int)UInt32(elf, at + 24), (int)UInt32(elf, at + 40), (int)UInt32(elf, at + 44)))];
    }

    private static int Weaken(byte[] elf, Section section, string version)
    {
        int strings = Sections(elf)[section.Link].Offset, need = section.Offset, marked = 0;
        for (int i = 0; i < section.Info; i++)
        {
            int entry = need + (int)UInt32(elf, need + 8);
            for (int k = UInt16(elf, need + 2); k > 0; k--)
            {
                if (Text(elf, strings + (int)UInt32(elf, entry + 8)) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(entry + 4), (ushort)(UInt16(elf, entry + 4) | Weak));
                    marked++;
                }

                entry += (int)UInt32(elf, entry + 12);
            }

            need += (int)UInt32(elf, need + 12);
        }

        return marked;
    }

    private static string Text(byte[] elf, int start) =>
        Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);

    private static ushort UInt16(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));

    private static uint UInt32(byte[] elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));

    /// <param name="Type">What it holds.</param>
    /// <param name="Offset">Where it is in the file.</param>
    /// <param name="Link">The section of its names.</param>
    /// <param name="Info">Its number of entries.</param>
    private sealed record Section(uint Type, int Offset, int Link, int Info);
}
