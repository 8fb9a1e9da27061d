// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Opens the weights that a user named.</summary>
internal static class ModelWeights
{
    /// <summary>Opens them, and says on standard error where others in the same folder are newer.</summary>
    /// <exception cref="TensorFileException">There are none, or they are broken.</exception>
    public static ITensorFile Open(ModelFiles files)
    {
        ITensorFile weights = files.OpenWeights();
        if (files.WhatIsNewer(weights) is { } notice)
        {
            Console.Error.WriteLine($"warning: {notice}");
        }

        return weights;
    }
}
