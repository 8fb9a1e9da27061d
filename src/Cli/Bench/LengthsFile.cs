// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Cli;

/// <summary>Lengths of sequences, one a line: what a real data set looks like.</summary>
internal sealed class LengthsFile
{
    private readonly int[] _lengths;

    /// <param name="file">As the user named it.</param>
    /// <exception cref="InputFileException">A line is no whole number from 1, or there is none.</exception>
    public LengthsFile(string file)
    {
        var input = new InputLines(file);
        _lengths = [.. input.Read().Select((line, i) => Parse(line, input.Name, i + 1))];
        if (_lengths.Length == 0)
        {
            throw new InputFileException(input.Name, "expected a length on each line, found an empty file");
        }
    }

    /// <summary>The lengths of a batch: the next ones of the file, which begins anew behind its end.</summary>
    /// <param name="step">Number of the batch, from 0.</param>
    /// <param name="batch">Sequences in each.</param>
    /// <param name="longest">What longer ones are cut to.</param>
    public int[] Batch(int step, int batch, int longest) =>
        [.. Enumerable.Range(0, batch).Select(i => Math.Min(longest, _lengths[(((long)step * batch) + i) % _lengths.Length]))];

    private static int Parse(string line, string file, int number) =>
        int.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length > 0
            ? length
            : throw new InputFileException(file, $"line {number} should be a length, a whole number from 1, found '{line}'");
}
