// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>A model folder made of all-MiniLM-L6-v2 and a stored classification head.</summary>
internal static class MergedModel
{
    public static void MiniLmWithHead(string folder, string head)
    {
        string encoder = SharedFolder.Path("models/all-MiniLM-L6-v2");
        using ITensorFile encoderFile = TensorFiles.Open(encoder), headFile = TensorFiles.Open(SharedFolder.Path(head));
        TensorEntry[] entries =
        [
            .. new[] { encoderFile, headFile }.SelectMany(file => file.Tensors.Select(tensor => new TensorEntry(
                tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(file.ReadBytes(tensor.Name))))),
        ];
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), entries);
        foreach (string name in (string[])["config.json", "vocab.txt", "tokenizer_config.json"])
        {
            File.Copy(Path.Combine(encoder, name), Path.Combine(folder, name));
        }
    }
}
