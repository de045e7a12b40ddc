namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>Counts what a pass does, from several tasks at once.</summary>
internal sealed class AgentTally(int failuresMax)
{
    private readonly List<AgentFailure> _failures = [];
    private readonly Lock _lock = new();
    private AgentPass _pass = new();

    public void Sent() => Change(pass => pass with { Sent = pass.Sent + 1 });

    public void Deleted() => Change(pass => pass with { Deleted = pass.Deleted + 1 });

    public void Waits() => Change(pass => pass with { Waiting = pass.Waiting + 1 });

    public void Withheld(int count) => Change(pass => pass with { Withheld = count });

    public void Failed(string path, string reason) => Change(pass =>
    {
        if (_failures.Count < failuresMax)
        {
            _failures.Add(new AgentFailure(path, reason));
        }

        return pass with { Failed = pass.Failed + 1 };
    });

    public AgentPass Total()
    {
        lock (_lock)
        {
            return _pass with { Failures = [.. _failures] };
        }
    }

    private void Change(Func<AgentPass, AgentPass> change)
    {
        lock (_lock)
        {
            _pass = change(_pass);
        }
    }
}
