// SPDX-License-Identifier: Apache-2.0
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BertManaged.Tensors.Tests;

/// <summary>A loop over vector registers is optimised from its first call on: neither the quick compilation of a method's first calls
/// nor code that was compiled ahead, for an older processor, may stand in for it.</summary>
public class KernelTierTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private const MethodImplAttributes InFull = MethodImplAttributes.AggressiveOptimization | MethodImplAttributes.AggressiveInlining;

    [Fact]
    public void LoopsOverRegisters_AreCompiledInFullAtOnce()
    {
        MethodInfo[] kernels = [.. typeof(CpuBackend).Assembly.GetTypes().SelectMany(type => type.GetMethods(Everything)).Where(IsKernel)];
        Assert.True(kernels.Length >= 15, $"only {kernels.Length} loops over registers were found");
        Assert.All(kernels, kernel => Assert.True(
            (kernel.MethodImplementationFlags & InFull) != 0, $"{kernel.DeclaringType!.Name}.{kernel.Name} needs AggressiveOptimization"));
    }

    [Theory]
    [InlineData(nameof(Straight), false)]
    [InlineData(nameof(Repeated), true)]
    [InlineData(nameof(RepeatedWithoutRegisters), false)]
    public void LoopsOverRegisters_AreRecognised(string name, bool isKernel) =>
        Assert.Equal(isKernel, IsKernel(typeof(KernelTierTests).GetMethod(name, Everything)!));

    private static bool IsKernel(MethodInfo method) => method.GetMethodBody() is { } body
        && method.GetParameters().Select(parameter => parameter.ParameterType)
            .Concat(body.LocalVariables.Select(local => local.LocalType)).Any(IsRegister)
        && InstructionList.HasLoop(body.GetILAsByteArray()!);

    private static bool IsRegister(Type type) =>
        (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Vector512<>))
        || (type.IsGenericParameter && type.GetGenericParameterConstraints().Any(IsSimd));

    private static bool IsSimd(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ISimd<>);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> Straight(Vector512<float> x) => x[0] > 0 ? x + x : x;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<float> Repeated(Vector512<float> x, int times)
    {
        for (int i = 0; i < times; i++)
        {
            x += x;
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RepeatedWithoutRegisters(int times)
    {
        int sum = 0;
        for (int i = 0; i < times; i++)
        {
            sum += i;
        }

        return sum;
    }
}
