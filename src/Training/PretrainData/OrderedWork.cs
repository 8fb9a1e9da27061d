// SPDX-License-Identifier: Apache-2.0
using System.Runtime.ExceptionServices;

namespace BertManaged.Training;

/// <summary>Work on a row of items by several threads whose results are taken in the order of the items: what comes out, and which of
/// several errors is told, does not depend on how many threads there are. No more items are under way than threads.</summary>
/// <param name="items">Taken one after another, by one thread at a time.</param>
/// <param name="work">Done to each, by several threads at once.</param>
/// <param name="take">Given the results, by one thread at a time and in order.</param>
internal sealed class OrderedWork<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> work, Action<TResult> take)
{
    private readonly object _source = new(), _turns = new();
    private long _taken, _turn;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Goes through all items, or up to the first error, which it throws.</summary>
    /// <param name="jobs">Threads, this one included.</param>
    public void Run(int jobs)
    {
        using IEnumerator<TItem> source = items.GetEnumerator();
        Thread[] others = [.. Enumerable.Range(1, jobs - 1).Select(_ => new Thread(() => WorkOn(source)))];
        Array.ForEach(others, thread => thread.Start());
        WorkOn(source);
        Array.ForEach(others, thread => thread.Join());
        _failure?.Throw();
    }

    private void WorkOn(IEnumerator<TItem> source)
    {
        while (TryStep(source))
        {
        }
    }

    // Whatever fails, fails in its turn: an error of an earlier item comes first.
    private bool TryStep(IEnumerator<TItem> source)
    {
        Action finish;
        long index = -1;
        try
        {
            if (!TryTake(source, out index, out TItem item))
            {
                return false;
            }

            TResult result = work(item);
            finish = () => take(result);
        }
        catch (Exception e)
        {
            finish = ExceptionDispatchInfo.Capture(e).Throw;
        }

        return TryFinish(index, finish);
    }

    private bool TryTake(IEnumerator<TItem> source, out long index, out TItem item)
    {
        lock (_source)
        {
            index = _taken++;
            bool isThere = source.MoveNext();
            item = isThere ? source.Current : default!;
            return isThere;
        }
    }

    private bool TryFinish(long index, Action finish)
    {
        lock (_turns)
        {
            while (_turn != index && _failure is null)
            {
                Monitor.Wait(_turns);
            }

            try
            {
                if (_failure is null)
                {
                    finish();
                }
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _turn++;
            Monitor.PulseAll(_turns);
            return _failure is null;
        }
    }
}
