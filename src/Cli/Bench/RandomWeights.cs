// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>A checkpoint that has everything, at random. Written piece by piece: the peak memory of a measurement should be that of the
/// steps and not of how the weights were made.</summary>
/// <param name="deviation">Of the weights of matrices.</param>
internal sealed class RandomWeights(double deviation) : IWeightSource
{
    private readonly Random _random = new(1);
    private readonly float[] _piece = new float[1 << 14];

    public string Name => "random weights";

    public bool Contains(string name) => true;

    public void Read(StoredName stored, IBackend backend, Tensor destination)
    {
        for (int start = 0; start < destination.Length; start += _piece.Length)
        {
            Span<float> piece = _piece.AsSpan(0, Math.Min(_piece.Length, destination.Length - start));
            Draw(stored.Name, piece);
            backend.CopyFromHost(piece, destination.View(start, new Shape(piece.Length)));
        }
    }

    /// <summary>Matrices are uniform with the deviation that was asked for: √12 times it from end to end.</summary>
    private void Draw(string name, Span<float> values)
    {
        if (name.EndsWith(".bias", StringComparison.Ordinal))
        {
            values.Clear();
        }
        else if (name.EndsWith(".LayerNorm.weight", StringComparison.Ordinal))
        {
            values.Fill(1);
        }
        else
        {
            foreach (ref float value in values)
            {
                value = (float)((_random.NextSingle() - 0.5) * Math.Sqrt(12) * deviation);
            }
        }
    }
}
