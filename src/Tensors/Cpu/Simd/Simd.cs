// SPDX-License-Identifier: Apache-2.0
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>A kernel generic over the register width.</summary>
internal interface ISimdAction
{
    /// <summary>Runs it with registers <typeparamref name="V"/>.</summary>
    void Invoke<V>()
        where V : unmanaged, ISimd<V>;
}

/// <summary>Chooses the register width: once from the machine or the environment, then for every kernel call.</summary>
internal static class Simd
{
    /// <summary>Forces a level: 512, 256, 128 or scalar.</summary>
    public const string Variable = "BERTMANAGED_SIMD";

    /// <summary>The widest level worth using on this machine.</summary>
    public static SimdLevel Widest =>
        Vector512.IsHardwareAccelerated ? SimdLevel.Vector512
        : IsSupported(SimdLevel.Vector256) ? SimdLevel.Vector256
        : IsSupported(SimdLevel.Vector128) ? SimdLevel.Vector128
        : SimdLevel.Scalar;

    /// <summary>Whether this machine has the instructions.</summary>
    public static bool IsSupported(SimdLevel level) => level switch
    {
        SimdLevel.Vector512 => Vector512.IsHardwareAccelerated || Avx512F.IsSupported,
        SimdLevel.Vector256 => Vector256.IsHardwareAccelerated && Fma.IsSupported,
        SimdLevel.Vector128 => Vector128.IsHardwareAccelerated,
        _ => true,
    };

    /// <summary>What <see cref="Variable"/> says, or <see cref="Widest"/> where it is not set.</summary>
    /// <exception cref="ArgumentException">It says something else, or a level that this machine lacks.</exception>
    public static SimdLevel FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <inheritdoc cref="FromEnvironment"/>
    public static SimdLevel Parse(string? value)
    {
        SimdLevel level = value switch
        {
            null or "" => Widest,
            "512" => SimdLevel.Vector512,
            "256" => SimdLevel.Vector256,
            "128" => SimdLevel.Vector128,
            "scalar" => SimdLevel.Scalar,
            _ => throw new ArgumentException($"{Variable} must be 512, 256, 128 or scalar, but is '{value}'; unset it for the widest."),
        };
        Require(level);
        return level;
    }

    /// <summary>Guards a level that somebody asked for.</summary>
    /// <exception cref="ArgumentException">This machine lacks it.</exception>
    public static void Require(SimdLevel level)
    {
        if (!IsSupported(level))
        {
            throw new ArgumentException($"This machine has no instructions for {level}; the widest it has is {Widest}.");
        }
    }

    /// <summary>Runs a kernel at a level.</summary>
    public static void Run<TAction>(SimdLevel level, in TAction action)
        where TAction : struct, ISimdAction
    {
        switch (level)
        {
            case SimdLevel.Vector512:
                action.Invoke<Lanes16>();
                break;
            case SimdLevel.Vector256:
                action.Invoke<Lanes8>();
                break;
            case SimdLevel.Vector128:
                action.Invoke<Lanes4>();
                break;
            default:
                action.Invoke<Lanes1>();
                break;
        }
    }
}
