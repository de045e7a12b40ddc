using System.Threading.Channels;

namespace AnyFetch.Storage.Database;

/// <summary>
/// Group commit: one thread that takes what waits, at most a batch, does it in one transaction and makes it durable
/// once. While the disk is busy the next batch gathers, so throughput grows with the load and a lone write waits for
/// nobody.
/// </summary>
internal sealed class WriteLane : IAsyncDisposable
{
    private readonly Channel<WriteOperation> _waiting;
    private readonly ISqlTransaction _transaction;
    private readonly int _batchMax;
    private readonly List<WriteOperation> _batch;
    private readonly Task _thread;

    public WriteLane(string name, ISqlTransaction transaction, int queueMax, int batchMax)
    {
        _transaction = transaction;
        _batchMax = batchMax;
        _batch = new List<WriteOperation>(batchMax);
        _waiting = Channel.CreateBounded<WriteOperation>(
            new BoundedChannelOptions(queueMax) { SingleReader = true, AllowSynchronousContinuations = false });
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _thread = stopped.Task;
        new Thread(() => RunToTheEnd(stopped)) { IsBackground = true, Name = name }.Start();
    }

    public ValueTask<T> WriteAsync<T>(Func<ISqlSession, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var operation = new WriteOperation<T>(work, cancellationToken);
        return _waiting.Writer.TryWrite(operation) ? operation.Task : EnterFullQueueAsync(operation, cancellationToken);
    }

    /// <summary>Finishes what waits and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _thread.ConfigureAwait(false);
    }

    private async ValueTask<T> EnterFullQueueAsync<T>(WriteOperation<T> operation, CancellationToken cancellationToken)
    {
        try
        {
            await _waiting.Writer.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(WriteLane), "The store is closed.");
        }

        return await operation.Task.ConfigureAwait(false);
    }

    private void RunToTheEnd(TaskCompletionSource stopped)
    {
        try
        {
            while (WaitForWork())
            {
                TakeBatch();
                RunBatch();
                _batch.Clear();
            }

            _transaction.Dispose();
            stopped.SetResult();
        }
        catch (Exception fault)
        {
            // A bug in the lane itself must not leave callers waiting for ever.
            _waiting.Writer.TryComplete(fault);
            FailAll(fault);
            stopped.SetException(fault);
        }
    }

    private bool WaitForWork()
    {
        if (_waiting.Reader.TryPeek(out _))
        {
            return true;
        }

        _transaction.Rest();
        return _waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
    }

    private void TakeBatch()
    {
        while (_batch.Count < _batchMax && _waiting.Reader.TryRead(out var operation))
        {
            if (operation.IsAbandoned)
            {
                operation.Fail(new OperationCanceledException());
            }
            else
            {
                _batch.Add(operation);
            }
        }
    }

    private void RunBatch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        try
        {
            RunTogether();
        }
        catch (Exception)
        {
            // Somebody's work failed half-way and took the transaction with it: each for itself finds the culprit.
            _transaction.Rollback();
            RunEach();
            return;
        }

        foreach (var operation in _batch)
        {
            operation.Complete();
        }
    }

    /// <summary>
    /// Each for itself, until one finds that the store cannot be reached: what waits would only find the same in its turn,
    /// so that the last would wait for the sum of all.
    /// </summary>
    private void RunEach()
    {
        for (var index = 0; index < _batch.Count; index++)
        {
            if (RunAlone(_batch[index]) is { } fault)
            {
                _batch.RemoveRange(0, index + 1);
                FailAll(fault);
                return;
            }
        }
    }

    private void RunTogether()
    {
        _transaction.Begin();
        for (var index = 0; index < _batch.Count; index++)
        {
            if (!TryRun(_batch[index]))
            {
                _batch.RemoveAt(index--);
            }
        }

        _transaction.Commit();
    }

    /// <summary>False when the work failed before it changed anything, which costs the others nothing.</summary>
    private bool TryRun(WriteOperation operation)
    {
        var changes = _transaction.Changes;
        try
        {
            operation.Run(_transaction.Session);
            return true;
        }
        catch (Exception fault) when (_transaction.Changes == changes && !_transaction.IsBroken(fault))
        {
            operation.Fail(_transaction.Explain(fault));
            return false;
        }
    }

    /// <summary>The failure when the store cannot be reached, else null.</summary>
    private Exception? RunAlone(WriteOperation operation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _transaction.Begin();
                operation.Run(_transaction.Session);
                _transaction.Commit();
            }
            catch (Exception fault)
            {
                _transaction.Rollback();
                if (_transaction.MayRetry(fault, attempt))
                {
                    continue;
                }

                var explained = _transaction.Explain(fault);
                operation.Fail(explained);
                return _transaction.IsAway(fault) ? explained : null;
            }

            operation.Complete();
            return null;
        }
    }

    private void FailAll(Exception fault)
    {
        foreach (var operation in _batch)
        {
            operation.Fail(fault);
        }

        while (_waiting.Reader.TryRead(out var operation))
        {
            operation.Fail(fault);
        }
    }
}
