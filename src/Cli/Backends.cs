// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Where to compute, as the user names it.</summary>
internal enum BackendKind
{
    /// <summary>float32, vectors, all cores.</summary>
    Cpu,

    /// <summary>float64, plain loops.</summary>
    Reference,
}

/// <summary>The one place that picks a backend.</summary>
internal static class Backends
{
    private const int MostThreads = 1024;

    /// <summary>Makes a backend; the caller disposes it.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="threads">How many compute at once; null for one on each core.</param>
    /// <exception cref="OptionsException">No such number of threads, or BERTMANAGED_SIMD asks for what this machine lacks.</exception>
    public static IBackend Create(BackendKind kind, int? threads)
    {
        RequireThreads(threads);
        return kind == BackendKind.Reference ? CreateReference() : CreateCpu(threads);
    }

    /// <summary>The backend that checks compute on.</summary>
    public static ReferenceBackend CreateReference() => new();

    /// <inheritdoc cref="Create"/>
    public static CpuBackend CreateCpu(int? threads)
    {
        RequireThreads(threads);
        try
        {
            return new CpuBackend(threads ?? 0);
        }
        catch (ArgumentException e)
        {
            throw new OptionsException(e.Message);
        }
    }

    /// <summary>Guards a number of threads that the user asked for.</summary>
    /// <exception cref="OptionsException">It is out of range.</exception>
    public static void RequireThreads(int? threads, string flag = "--threads")
    {
        if (threads is < 1 or > MostThreads)
        {
            throw new OptionsException($"{flag}={threads}: expected a whole number from 1 to {MostThreads}");
        }
    }
}
