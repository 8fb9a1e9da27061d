// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace BertManaged.Tensors.Tests;

/// <summary>The intermediate code of a method, as far as finding loops needs it.</summary>
internal static class InstructionList
{
    private static readonly Dictionary<ushort, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (ushort)code.Value);

    /// <summary>Whether a branch goes back.</summary>
    public static bool HasLoop(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            OpCode instruction = Codes[code[at] == 0xFE ? (ushort)(0xFE00 | code[at + 1]) : code[at]];
            int operand = at + instruction.Size, next = operand + OperandBytes(instruction, code.AsSpan(operand));
            if (BranchLength(instruction, code.AsSpan(operand)) is { } length && next + length <= at)
            {
                return true;
            }

            at = next;
        }

        return false;
    }

    private static int? BranchLength(OpCode instruction, ReadOnlySpan<byte> operand) => instruction.OperandType switch
    {
        OperandType.ShortInlineBrTarget => (sbyte)operand[0],
        OperandType.InlineBrTarget => BinaryPrimitives.ReadInt32LittleEndian(operand),
        _ => null,
    };

    private static int OperandBytes(OpCode instruction, ReadOnlySpan<byte> operand) => instruction.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
