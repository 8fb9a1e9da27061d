// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What the classification head of a checkpoint is called, by Hugging Face and by Google.</summary>
public static class ClassificationHead
{
    private static readonly string[] Weights = ["classifier.weight", "output_weights"];
    private static readonly string[] Biases = ["classifier.bias", "output_bias"];

    /// <summary>Whether a tensor of a file belongs to the head.</summary>
    public static bool Owns(string name) => Weights.Contains(name) || Biases.Contains(name);

    /// <summary>Outputs of the head, C; null if the checkpoint has none.</summary>
    public static long? Outputs(CheckpointWeights weights) =>
        Weights.Select(weights.ShapeOf).FirstOrDefault(shape => shape is not null) is [var outputs, ..] ? outputs : null;

    /// <summary>Whether weight and bias are both there.</summary>
    public static bool IsWhole(CheckpointWeights weights) =>
        Weights.Zip(Biases).Any(names => weights.Contains(names.First) && weights.Contains(names.Second));
}
