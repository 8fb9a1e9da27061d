// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests.TextInput;

public class TextBlockReaderTests
{
    [Fact]
    public void TryRead_RandomFiles_GivesAllBytesInOrderCutAtWhiteSpace()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            string[] files = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => folder.Write($"{i}.txt", RandomBytes(random)))];
            List<TextBlock> blocks = [.. Blocks(files, random.Next(1, 20))];
            foreach (string file in files)
            {
                TextBlock[] parts = [.. blocks.Where(block => block.File == file)];
                Assert.Equal(File.ReadAllBytes(file), parts.SelectMany(part => part.Bytes.ToArray()));
                Assert.All(parts.SkipLast(1), part => Assert.Contains((char)part.Bytes.Span[^1], " \n\t"));
                Assert.Equal(parts.Select((_, i) => parts.Take(i).Sum(part => (long)part.Bytes.Length)), parts.Select(part => part.Offset));
            }

            Assert.Equal(blocks.Select((_, i) => (long)i), blocks.Select(block => block.Number));
            Assert.Equal(blocks.Select(block => block.File).Distinct(), files.Where(file => new FileInfo(file).Length > 0));
        }
    }

    // Each block with a copy of its bytes, since the next call uses the buffer again.
    private static IEnumerable<TextBlock> Blocks(string[] files, int blockBytes)
    {
        using var reader = new TextBlockReader(files, blockBytes);
        byte[] buffer = [];
        while (reader.TryRead(ref buffer, out TextBlock block))
        {
            yield return block with { Bytes = block.Bytes.ToArray() };
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        string characters = random.Next(2) == 0 ? "ab \n\té中" : "abcdefghij\n";
        string text = string.Concat(Enumerable.Range(0, random.Next(100)).Select(_ => characters[random.Next(characters.Length)]));
        return System.Text.Encoding.UTF8.GetBytes(text);
    }
}
