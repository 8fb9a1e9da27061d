// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>What happens to files.</summary>
internal static class Damage
{
    /// <summary>Cuts a file short, changes a bit of it, or deletes it.</summary>
    public static void To(string path, string damage)
    {
        byte[] bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "cut":
                File.WriteAllBytes(path, bytes[..^7]);
                break;
            case "one bit":
                bytes[^100] ^= 1;
                File.WriteAllBytes(path, bytes);
                break;
            default:
                File.Delete(path);
                break;
        }
    }
}
