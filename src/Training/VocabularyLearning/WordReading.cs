// SPDX-License-Identifier: Apache-2.0
using System.Runtime.ExceptionServices;
using BertManaged.Text.Learning;

namespace BertManaged.Training;

/// <summary>Reads text files and counts their words, with as many threads as one likes.</summary>
internal sealed class WordReading(IReadOnlyList<string> files, WordCounter counter, int threads, CancellationToken cancellation)
{
    private readonly Lock _gate = new();
    private (long Block, Exception Exception)? _failure;

    /// <summary>Reads all files once.</summary>
    /// <exception cref="OptionsException">A file cannot be read.</exception>
    /// <exception cref="TextDataException">A file is not UTF-8; of several such places the first.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Read()
    {
        using var blocks = new TextBlockReader(files);
        var workers = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            workers[i] = new Thread(() => Work(blocks)) { IsBackground = true, Name = $"words {i}" };
            workers[i].Start();
        }

        Array.ForEach(workers, worker => worker.Join());
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure.Exception);
        }
    }

    private void Work(TextBlockReader blocks)
    {
        WordTally tally = counter.NewTally();
        byte[] bytes = [];
        char[] text = [];
        long number = long.MaxValue;
        try
        {
            // Blocks are given out in order: those before a failure are finished, whoever has them.
            while (_failure is null && blocks.TryRead(ref bytes, out TextBlock block))
            {
                number = block.Number;
                cancellation.ThrowIfCancellationRequested();
                tally.Add(Decode(block, ref text));
            }

            tally.Finish();
        }
        catch (Exception e)
        {
            Fail(number, e);
        }
    }

    private void Fail(long block, Exception exception)
    {
        lock (_gate)
        {
            if (_failure is null || block < _failure.Value.Block)
            {
                _failure = (block, exception);
            }
        }
    }

    private static ReadOnlySpan<char> Decode(TextBlock block, ref char[] text)
    {
        if (text.Length < block.Bytes.Length)
        {
            text = new char[block.Bytes.Length];
        }

        return text.AsSpan(0, TextDecoding.Decode(block.File, block.Offset, block.Bytes.Span, text));
    }
}
