// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>How many updates made the weights of a file: TensorFlow has a variable for it, our safetensors files say it among their
/// metadata.</summary>
internal static class GlobalStep
{
    /// <summary>The number; null if the file does not say.</summary>
    public static long? Of(ITensorFile file)
    {
        if (file.TryGet("global_step", out TensorInfo? info) && info.ElementCount == 1)
        {
            Span<double> step = stackalloc double[1];
            file.ReadDoubles("global_step", step);
            return (long)step[0];
        }

        return file.Metadata.TryGetValue(ModelFolderWriter.GlobalStepKey, out string? text)
            && long.TryParse(text, CultureInfo.InvariantCulture, out long written) ? written : null;
    }
}
