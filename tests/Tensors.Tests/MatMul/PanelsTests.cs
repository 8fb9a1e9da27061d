// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests.MatMul;

/// <summary>Packing puts element k of line i where the product looks for it, and writes nowhere else.</summary>
public unsafe class PanelsTests
{
    private const float Untouched = -12345;

    public static TheoryData<int, int, int, bool> Shapes()
    {
        var shapes = new TheoryData<int, int, int, bool>();
        var random = new Random(7);
        foreach (int width in new[] { 2, 6, 8, 12, 16, 32, 64 })
        {
            foreach (bool linesLieApart in new[] { true, false })
            {
                shapes.Add(width, width, 1, linesLieApart);
                shapes.Add(width, (4 * width) + 1, 33, linesLieApart);
                for (int i = 0; i < 6; i++)
                {
                    shapes.Add(width, random.Next(1, 200), random.Next(1, 70), linesLieApart);
                }
            }
        }

        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pack_AnyShape_PutsEachElementInItsPlace(int width, int lines, int depth, bool linesLieApart)
    {
        const int Gap = 3;
        int lineStride = linesLieApart ? depth + Gap : 1, depthStride = linesLieApart ? 1 : lines + Gap;
        float[] source = HostArrays.Random(new Random(width + lines), (lines + Gap) * (depth + Gap));
        int size = (lines + width - 1) / width * width * depth;
        var packed = new float[size + width];
        Array.Fill(packed, Untouched);
        fixed (float* from = source, to = packed)
        {
            Panels.Pack(from, lineStride, depthStride, lines, depth, width, to);
        }

        for (int line = 0; line < lines; line++)
        {
            for (int k = 0; k < depth; k++)
            {
                float expected = source[(line * lineStride) + (k * depthStride)];
                int place = (line / width * width * depth) + (k * width) + (line % width);
                Assert.True(expected == packed[place], $"line {line}, element {k}: expected {expected}, found {packed[place]}");
            }
        }

        Assert.All(packed[size..], behind => Assert.Equal(Untouched, behind));
    }
}
