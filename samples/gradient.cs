// SPDX-License-Identifier: Apache-2.0
// The engine in a dozen lines: a linear map, a loss, its gradient.    dotnet run samples/gradient.cs
#:project ../src/Autograd/Autograd.csproj
#:project ../src/Tensors/Tensors.csproj
using BertManaged.Autograd;
using BertManaged.Tensors;

using var backend = new ReferenceBackend();
var weight = new Parameter("weight", backend.Allocate(new Shape(2, 3), Lifetime.Persistent));
backend.CopyFromHost([1.0, 2, 3, 4, 5, 7], weight.Value);

var tape = new Tape(backend);
Variable x = tape.Constant([1, 0, -1], new Shape(1, 3));                 // [R, I] = [1, 3]
Variable logits = tape.Linear(x, weight, bias: null);                    // [R, C] = [1, 2]
Variable loss = tape.CrossEntropy(logits, new IndexTensor([0]));         // the right class is 0
tape.Backward(loss, [weight]);

Console.WriteLine($"loss {Values(loss.Value)[0]:F6}");
Console.WriteLine($"gradient of weight {string.Join(" ", Values(weight.Gradient!).Select(v => v.ToString("F3")))}");

double[] Values(Tensor tensor)
{
    var values = new double[tensor.Length];
    backend.CopyToHost(tensor, values);
    return values;
}
