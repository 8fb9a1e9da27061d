// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats.Tests;

/// <summary>Puts the bytes of safetensors files together, whatever they say.</summary>
internal static class SafetensorsBuilder
{
    /// <summary>Three tensors, 24 bytes: I64 "c" [1], F32 "a" [2, 1], F16 "b" [4].</summary>
    public const string SmallHeader =
        """{"__metadata__":{"format":"pt"},"c":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}"""
        + ""","a":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"b":{"dtype":"F16","shape":[4],"data_offsets":[16,24]}}""";

    public static byte[] Small() => Of(SmallHeader, 24);

    public static byte[] Of(string header, int dataLength) => Of(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Of(byte[] header, int dataLength) =>
        [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. Enumerable.Range(0, dataLength).Select(i => (byte)(i * 7))];
}
