namespace AnyFetch.Provider.Running;

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    Succeeded,
    Failed,

    /// <summary>A reset, a removal or a forced update came: nothing of it counts any more.</summary>
    Canceled,

    /// <summary>The host stops: the next start goes on.</summary>
    Interrupted,

    /// <summary>The grant at the source is dead.</summary>
    RefreshRequired,
}
