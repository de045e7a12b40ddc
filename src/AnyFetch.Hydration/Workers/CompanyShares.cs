using AnyFetch.Core.Companies;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Keeps one company's slow documents from holding up the others' (design rule 3). A company has at most as many documents in work
/// as the hydrater takes at once. One that takes long gives its place to others and goes on beside them; until it ends, its
/// company has one place less.
/// </summary>
internal sealed class CompanyShares(int placesMax)
{
    /// <summary>Documents that go on beside the others, for each place: two companies' worth.</summary>
    private const int SlowFactor = 2;

    private const double ComeBackSecondsMin = 0.5;
    private const double ComeBackSecondsMax = 2;

    /// <summary>Nothing of the company moves, and asking again costs the others.</summary>
    private const double ComeBackStuckSecondsMax = 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<CompanyId, Share> _shares = [];
    private int _slow;

    /// <summary>Jobs that hold nobody up: those that take long, and those that wait for one of them to end.</summary>
    internal int Aside
    {
        get
        {
            lock (_gate)
            {
                return _slow == 0 ? 0 : _slow + _shares.Values.Where(share => share.Slow > 0).Sum(share => share.Waiting.Count);
            }
        }
    }

    /// <summary>Whether slow documents hold all places of a company, so that its others do not move.</summary>
    private bool IsStuck(CompanyId company)
    {
        lock (_gate)
        {
            return _shares.TryGetValue(company, out var share) && share.Slow >= placesMax;
        }
    }

    /// <summary>When a job that was turned away tries again: soon while the company's others move, and not all at the same time.</summary>
    internal TimeSpan ComeBackAfter(CompanyId company)
    {
        var max = IsStuck(company) ? ComeBackStuckSecondsMax : ComeBackSecondsMax;
        return TimeSpan.FromSeconds(ComeBackSecondsMin + ((max - ComeBackSecondsMin) * Random.Shared.NextDouble()));
    }

    /// <summary>Waits for one of the company's places; null when too many wait already and the job should come back later.</summary>
    internal async ValueTask<CompanyPlace?> EnterAsync(CompanyId company, int waitingMax, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            if (!_shares.TryGetValue(company, out var share))
            {
                _shares[company] = share = new Share();
            }

            if (share.Entered < placesMax)
            {
                share.Entered++;
                return new CompanyPlace(this, company);
            }

            if (share.Slow > 0 && share.Waiting.Count >= waitingMax)
            {
                return null;
            }

            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            share.Waiting.Enqueue(waiting);
        }

        using var stop = cancellationToken.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiting);
        // Whoever leaves hands its place over, so it is counted already.
        await waiting.Task.ConfigureAwait(false);
        return new CompanyPlace(this, company);
    }

    /// <summary>Notes that a document takes long; false when there are too many of them, so that it keeps its place.</summary>
    internal bool TryStepAside(CompanyId company)
    {
        lock (_gate)
        {
            if (_slow >= placesMax * SlowFactor)
            {
                return false;
            }

            _slow++;
            _shares[company].Slow++;
            return true;
        }
    }

    internal void Leave(CompanyId company, bool wasAside)
    {
        lock (_gate)
        {
            var share = _shares[company];
            if (wasAside)
            {
                _slow--;
                share.Slow--;
            }

            while (share.Waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            if (--share.Entered == 0)
            {
                _shares.Remove(company);
            }
        }
    }

    private sealed class Share
    {
        internal int Entered { get; set; }

        internal int Slow { get; set; }

        internal Queue<TaskCompletionSource> Waiting { get; } = [];
    }
}
