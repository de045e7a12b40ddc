namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>
/// The hashes that this process met lately and the ids of the documents that have them, since the index knows of them a
/// moment later only; and turns, so that documents of one hash are judged one after the other.
/// </summary>
internal sealed class RecentHashes
{
    /// <summary>Hashes that are remembered: those of the last minutes of a busy server.</summary>
    internal const int HashesMax = 20_000;

    private const int IdsMax = 16;
    private const int TurnsMax = 64;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, TurnsMax).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly Lock _gate = new();
    private Dictionary<string, List<string>> _young = new(StringComparer.Ordinal);
    private Dictionary<string, List<string>> _old = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn of a hash; disposing ends it.</summary>
    internal async Task<IDisposable> EnterAsync(string hash, CancellationToken cancellationToken)
    {
        var turn = _turns[Convert.ToInt32(hash[..2], 16) % TurnsMax];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(turn);
    }

    /// <summary>Remembers a document of a hash; returns the ids of others that were met before.</summary>
    internal IReadOnlyList<string> Meet(string hash, string id)
    {
        lock (_gate)
        {
            if (!_young.TryGetValue(hash, out var ids))
            {
                ids = _old.TryGetValue(hash, out var known) ? known : [];
                MakeRoom();
                _young[hash] = ids;
            }

            List<string> others = [.. ids.Where(other => other != id)];
            ids.Remove(id);
            ids.Add(id);
            if (ids.Count > IdsMax)
            {
                ids.RemoveAt(0);
            }

            return others;
        }
    }

    /// <summary>What was not met for as long as one half took to fill is forgotten with its half.</summary>
    private void MakeRoom()
    {
        if (_young.Count >= HashesMax / 2)
        {
            (_old, _young) = (_young, new Dictionary<string, List<string>>(StringComparer.Ordinal));
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
