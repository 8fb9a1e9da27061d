// SPDX-License-Identifier: Apache-2.0
return BertManaged.Cli.BertProgram.Run(args);
