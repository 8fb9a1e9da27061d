// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

internal sealed class ReferenceStorage(int length) : Storage(length)
{
    public double[] Values { get; } = new double[length];
}
