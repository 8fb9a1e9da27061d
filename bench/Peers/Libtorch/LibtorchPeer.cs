// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

internal static class LibtorchPeer
{
    public static int Run(PeerOptions options) => options.Number("steps", 1);
}
