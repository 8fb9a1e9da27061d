// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>How many updates made the weights of a file.</summary>
internal static class GlobalStep
{
    /// <summary>TensorFlow's variable, or the key of our metadata; 0 where the file says nothing.</summary>
    public static long Of(ITensorFile file)
    {
        if (file.TryGet("global_step", out TensorInfo? info) && info.ElementCount == 1)
        {
            Span<double> step = stackalloc double[1];
            file.ReadDoubles("global_step", step);
            return (long)step[0];
        }

        return file.Metadata.TryGetValue(ModelFolderWriter.GlobalStepKey, out string? text)
            && long.TryParse(text, CultureInfo.InvariantCulture, out long written) ? written : 0;
    }
}
