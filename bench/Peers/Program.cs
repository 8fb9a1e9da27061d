// SPDX-License-Identifier: Apache-2.0
using BertManaged.Peers;

return PeerProgram.Run(args);
