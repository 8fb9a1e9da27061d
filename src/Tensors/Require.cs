// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace BertManaged.Tensors;

/// <summary>Guards at the boundary of ops. Each names the op, the argument, what was expected and what was found.</summary>
[StackTraceHidden]
public static class Require
{
    /// <summary>The argument has exactly the shape <paramref name="expected"/>.</summary>
    /// <exception cref="ShapeMismatchException">It has another.</exception>
    public static void Shape(Tensor argument, Shape expected, string op, string name)
    {
        if (argument.Shape != expected)
        {
            Throw($"{op}: {name} must be {expected}, but is {argument.Shape}.");
        }
    }

    /// <summary>The argument is a vector of <paramref name="length"/> elements.</summary>
    /// <exception cref="ShapeMismatchException">It is not.</exception>
    public static void Vector(Tensor argument, int length, string op, string name) => Shape(argument, new Shape(length), op, name);

    /// <summary>The argument is a matrix with <paramref name="columns"/> columns.</summary>
    /// <exception cref="ShapeMismatchException">It is not.</exception>
    public static void Matrix(Tensor argument, int columns, string op, string name)
    {
        if (argument.Shape.Rank != 2 || argument.Shape.Columns != columns)
        {
            Throw($"{op}: {name} must be a matrix with {columns} columns, but is {argument.Shape}.");
        }
    }

    /// <summary>The argument is one number.</summary>
    /// <exception cref="ShapeMismatchException">It is not.</exception>
    public static void Scalar(Tensor argument, string op, string name)
    {
        if (argument.Length != 1)
        {
            Throw($"{op}: {name} must be a scalar, but is {argument.Shape}.");
        }
    }

    /// <summary>Every index selects one of <paramref name="count"/> rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One does not; the message says which.</exception>
    public static void Indices(IndexTensor indices, int count, string op, string name)
    {
        ReadOnlySpan<int> values = indices.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)count)
            {
                throw new ArgumentOutOfRangeException(name, values[i], $"{op}: {name}[{i}] must be in [0, {count}), but is {values[i]}");
            }
        }
    }

    /// <summary>A span of the host has as many elements as the tensor that it is copied to or from.</summary>
    /// <exception cref="ArgumentException">It has fewer or more.</exception>
    public static void HostLength(Tensor tensor, int length, string op, string name)
    {
        if (tensor.Length != length)
        {
            throw new ArgumentException($"{op}: {name} must have {tensor.Length} elements as {tensor.Shape}, but has {length}.", name);
        }
    }

    /// <summary>Guards memory of the host that has an element for each row of a tensor.</summary>
    /// <exception cref="ArgumentException">It has more or fewer.</exception>
    public static void OneForEachRow(Tensor tensor, int length, string op, string name)
    {
        if (tensor.Shape.Rows != length)
        {
            throw new ArgumentException(
                $"{op}: {name} must have {tensor.Shape.Rows} elements, one for each row of {tensor.Shape}, but has {length}.", name);
        }
    }

    /// <summary>A shape does not fit: says so.</summary>
    /// <exception cref="ShapeMismatchException">Always.</exception>
    [DoesNotReturn]
    public static void Throw(string message) => throw new ShapeMismatchException(message);
}
