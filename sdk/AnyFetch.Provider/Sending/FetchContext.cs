using AnyFetch.Client;
using Microsoft.Extensions.Caching.Memory;

namespace AnyFetch.Provider;

/// <summary>What a fetcher may use.</summary>
public sealed class FetchContext
{
    internal FetchContext(SourceAccount account, AnyFetchClient core, IMemoryCache cache, TimeProvider time)
    {
        Account = account;
        Core = core;
        Cache = cache;
        TimeProvider = time;
    }

    /// <summary>The connected account and its service data.</summary>
    public SourceAccount Account { get; }

    /// <summary>The Fetch API, with this account's own token. It does not retry: the library does.</summary>
    public AnyFetchClient Core { get; }

    /// <summary>A cache of 50 entries and one hour, shared by the account's tasks during a run.</summary>
    public IMemoryCache Cache { get; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>The provider's public address, for links to routes of its own.</summary>
    public string ProviderUrl { get; internal init; } = "";

    /// <summary>Names of files and folders that the account's company does not want.</summary>
    public JunkNames Junk { get; internal init; } = JunkNames.Default;

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; internal init; } = 1;
}
