// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

public sealed class EventFileTests : IDisposable
{
    // 2018-10-11, the day of the paper, and a quarter of a second.
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_539_216_000_250);

    private readonly TemporaryFolder _folder = new();
    private readonly Clock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_File_HasTensorFlowsNameAndIsNewEachTime()
    {
        string name = $"events.out.tfevents.1539216000.{Environment.MachineName}";
        for (int i = 0; i < 3; i++)
        {
            using var events = EventFile.Create(_folder.Root, 0, _clock);
            Assert.Equal(_folder.PathOf(i == 0 ? name : $"{name}.{i}"), events.Path);
        }

        Assert.Equal([name, $"{name}.1", $"{name}.2"], _folder.FileNames());
    }

    // By hand from event.proto and summary.proto. 1539216000.25 is 0x41D6EFA4A0100000: exponent 30 + 1023,
    // then 465474176.25 / 2³⁰ in 52 bits.
    [Fact]
    public void Scalars_TwoValues_HaveTheBytesWorkedOutByHand()
    {
        using (var events = EventFile.Create(_folder.Root, 301, _clock))
        {
            events.Scalars(500, ("loss", 1.5), ("lr", -2));
        }

        string time = "09" + Convert.ToHexString(BitConverter.GetBytes(1539216000.25));
        Assert.Equal("09" + "000010A0A4EFD641", time);
        string[] expected =
        [
            time + "1A0D" + "627261696E2E4576656E743A32",
            time + "10AD02" + "3A02" + "0801",
            time + "10F403" + "2A18" + "0A0B" + "0A046C6F7373" + "150000C03F" + "0A09" + "0A026C72" + "15000000C0",
        ];
        Assert.Equal(expected, Records(Assert.Single(_folder.FileNames())).Select(Convert.ToHexString));
    }

    [Fact]
    public void Scalars_AsTheRunGoesOn_CanBeReadAtOnce()
    {
        using var events = EventFile.Create(_folder.Root, 1, _clock);
        for (int step = 1; step <= 5; step++)
        {
            events.Scalars(10 * step, ("loss", 1.0 / step), ("accuracy/ä", double.NaN));
            _clock.Now += TimeSpan.FromSeconds(90.5);
            ProtoMessage[] read = [.. TFRecordTests.ReadAll(events.Path).Select(record => new ProtoMessage(record))];
            Assert.Equal(2 + step, read.Length);
            ProtoMessage[] values = read[^1].Message(5).Messages(1);
            Assert.Equal(10 * step, read[^1].Number(2));
            Assert.Equal(["loss", "accuracy/ä"], values.Select(value => value.Text(1)));
            Assert.Equal([1f / step, float.NaN], values.Select(value => value.Single(2)));
        }
    }

    [Fact]
    public void Scalars_OfAKilledRun_AreReadUpToTheLastWholeOne()
    {
        using (var events = EventFile.Create(_folder.Root, 1, _clock))
        {
            events.Scalars(1, ("loss", 1));
            events.Scalars(2, ("loss", 2));
        }

        string path = _folder.PathOf(Assert.Single(_folder.FileNames()));
        byte[] whole = File.ReadAllBytes(path);
        for (int cut = 1; cut < 40; cut++)
        {
            File.WriteAllBytes(path, whole[..^cut]);
            using var reader = TFRecordReader.Open(path);
            Assert.True(reader.TryRead(out _) && reader.TryRead(out _) && reader.TryRead(out ReadOnlySpan<byte> last));
            Assert.Contains("cut short", Assert.Throws<TFRecordException>(() => reader.TryRead(out _)).Message);
        }
    }

    [Fact]
    public void Create_InNoFolder_SaysSo() =>
        Assert.ThrowsAny<IOException>(() => EventFile.Create(_folder.PathOf("none"), 0, _clock));

    // Not by the library's reader: lengths and both checksums from their definitions.
    private List<byte[]> Records(string name)
    {
        var records = new List<byte[]>();
        ReadOnlySpan<byte> rest = File.ReadAllBytes(_folder.PathOf(name));
        while (rest.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            Assert.Equal(SlowCrc.Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            records.Add(rest.Slice(12, length).ToArray());
            Assert.Equal(SlowCrc.Masked(records[^1]), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            rest = rest[(16 + length)..];
        }

        return records;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
