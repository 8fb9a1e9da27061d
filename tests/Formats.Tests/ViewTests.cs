// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats.Tests;

/// <summary>Elements where they lie in the file.</summary>
public sealed class ViewTests : IDisposable
{
    // 7 · i for the bytes 8 to 15: what SafetensorsBuilder writes.
    private static readonly float[] Stored = [BitConverter.ToSingle([56, 63, 70, 77]), BitConverter.ToSingle([84, 91, 98, 105])];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryView_AlignedFloat32_IsWhatIsStored()
    {
        using ITensorFile file = TensorFiles.Open(WithHeaderOf(length => length % 4 == 0));
        Assert.True(file.TryView("a", out ReadOnlySpan<float> elements));
        Assert.Equal(Stored, elements);
    }

    [Fact]
    public void TryView_UnalignedFloat32_IsLeftToReading()
    {
        using ITensorFile file = TensorFiles.Open(WithHeaderOf(length => length % 4 == 1));
        Assert.False(file.TryView("a", out ReadOnlySpan<float> elements));
        Assert.True(elements.IsEmpty);
        var values = new float[2];
        file.ReadSingles("a", values);
        Assert.Equal(Stored, values);
    }

    [Theory]
    [InlineData("b")]
    [InlineData("c")]
    public void TryView_AnotherType_IsLeftToReading(string name)
    {
        using ITensorFile file = TensorFiles.Open(_folder.Write("small.safetensors", SafetensorsBuilder.Small()));
        Assert.False(file.TryView(name, out _));
    }

    [Fact]
    public void TryView_Bundle_IsWhatIsStored()
    {
        new BundleBuilder().AddFloats("x", [3], 5, -0.5f, 1e-40f).Write(_folder, "bert_model.ckpt");
        using ITensorFile file = TensorFiles.Open(_folder.PathOf("bert_model.ckpt"));
        Assert.True(file.TryView("x", out ReadOnlySpan<float> elements));
        Assert.Equal([5, -0.5f, 1e-40f], elements);
    }

    [Fact]
    public void TryView_NoSuchTensor_IsAComplaint()
    {
        using ITensorFile file = TensorFiles.Open(_folder.Write("small.safetensors", SafetensorsBuilder.Small()));
        Assert.Throws<TensorFileException>(() => file.TryView("d", out _));
    }

    /// <summary>A header may be of any length; spaces behind it belong to it.</summary>
    private string WithHeaderOf(Func<int, bool> isWanted)
    {
        string header = SafetensorsBuilder.SmallHeader;
        while (!isWanted(Encoding.UTF8.GetByteCount(header)))
        {
            header += " ";
        }

        return _folder.Write("padded.safetensors", SafetensorsBuilder.Of(header, 24));
    }
}
