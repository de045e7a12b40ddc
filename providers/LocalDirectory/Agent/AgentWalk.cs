using AnyFetch.Provider;

namespace AnyFetch.Providers.LocalDirectory.Agent;

/// <summary>Compares what a walk comes across with what was sent.</summary>
internal sealed class AgentWalk(AgentState state)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _unreadable = [];

    /// <summary>Files that the server lacks, or has otherwise; the newest first.</summary>
    public List<LocalFile> Changed { get; } = [];

    /// <summary>Paths that the server has and the directory has not.</summary>
    public List<string> Gone { get; } = [];

    public void Take(WalkStep step, AgentTally tally)
    {
        switch (step)
        {
            // Of two spellings of one name the first counts.
            case WalkStep.Found { File: var file }:
                var path = CanonicalText.Compose(file.RelativePath);
                if (_seen.Add(path) && !state.IsSent(path, file.Version))
                {
                    Changed.Add(file);
                }

                break;
            case WalkStep.Unreadable { IsDirectory: true } directory:
                _unreadable.Add(CanonicalText.Compose(directory.RelativePath) + "/");
                tally.Failed(directory.RelativePath + "/", directory.Reason);
                break;
            case WalkStep.Unreadable file:
                _seen.Add(CanonicalText.Compose(file.RelativePath));
                tally.Failed(file.RelativePath, file.Reason);
                break;
        }
    }

    /// <summary>Ends a walk that came through everything it could read.</summary>
    public void Complete()
    {
        Changed.Sort((one, other) => other.Modified.CompareTo(one.Modified));
        Gone.AddRange(state.Paths().Where(path => !_seen.Contains(path)
            && !_unreadable.Exists(directory => path.StartsWith(directory, StringComparison.Ordinal))));
    }
}
