// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text.Unicode;
using BertManaged.Text.Learning;

namespace BertManaged.Training;

/// <summary>Reads text files and counts their words, with as many threads as one likes.</summary>
/// <remarks>Every "\r" is dropped wherever it is, as TensorFlow's file reader does for Google's create_pretraining_data.</remarks>
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
        ReadOnlySpan<byte> bytes = block.Bytes.Span;
        if (text.Length < bytes.Length)
        {
            text = new char[bytes.Length];
        }

        if (Utf8.ToUtf16(bytes, text, out int read, out int written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new TextDataException(
                $"{block.File}: expected UTF-8, but byte {block.Offset + read} (0x{bytes[read]:X2}, counted from 0) belongs to no "
                + "character; save the file as UTF-8");
        }

        return WithoutCarriageReturns(text.AsSpan(0, written));
    }

    private static Span<char> WithoutCarriageReturns(Span<char> text)
    {
        int kept = text.IndexOf('\r');
        if (kept < 0)
        {
            return text;
        }

        foreach (char unit in text[kept..])
        {
            if (unit != '\r')
            {
                text[kept++] = unit;
            }
        }

        return text[..kept];
    }
}
