// SPDX-License-Identifier: Apache-2.0
Console.WriteLine("bert");
return 0;
