// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Rows of a table by their numbers: embedding lookup, and selection of the rows that somebody reads.</summary>
public static class GatherOp
{
    /// <summary>y[r] = table[ids[r]].</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="table">[V, H].</param>
    /// <param name="ids">Row numbers in [0, V), [R]; repeated ones are fine.</param>
    /// <returns>[R, H].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of the table.</exception>
    public static Variable Gather(this Tape tape, Variable table, IndexTensor ids)
    {
        Require.Matrix(table.Value, table.Shape.Columns, "Gather", nameof(table));
        Require.Indices(ids, table.Shape.Rows, "Gather", nameof(ids));
        Tensor y = tape.Allocate(new Shape(ids.Length, table.Shape.Columns));
        tape.Backend.Gather(table.Value, ids, y);
        return tape.Record(y, new Node(table, ids));
    }

    private sealed class Node(Variable table, IndexTensor ids) : TapeNode("Gather", table)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.TracksSlicedNorms && table is Parameter { HasSlicedGradient: true } parameter)
            {
                AddSlicedSquares(tape.Backend, parameter, dY);
            }

            // Asked first: to the tape, whoever writes a gradient writes all rows of it.
            GradientRows? rows = (table as Parameter)?.GradientRows;
            IndexTensor? before = rows?.NonZero;
            if (tape.GradientOf(table) is { } dTable)
            {
                tape.Backend.GatherBackward(ids, dY, before, dTable);
                rows?.SetAfterGather(before, ids, dTable.Accumulate);
            }
        }

        /// <summary>TensorFlow appends the looked-up rows to the dense gradient of a tied decoder; what is there before the first
        /// lookup is that dense part.</summary>
        private static void AddSlicedSquares(IBackend backend, Parameter parameter, Tensor dY)
        {
            double before = parameter.SlicedSquares ?? GradientNorm.Squares(backend, parameter);
            parameter.SlicedSquares = before + backend.SumOfSquares(dY, rows: null);
        }

        public override bool Reads(Variable variable) => false;
    }
}
