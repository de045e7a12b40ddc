using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Api.Authentication;

/// <summary>What a route asks of its caller (the columns of api.md §3). Part of the endpoint's metadata.</summary>
public sealed class EndpointAccess
{
    /// <summary>True when nobody needs to prove anything.</summary>
    public bool IsAnonymous { get; internal set; }

    /// <summary>True when e-mail and password are refused.</summary>
    public bool IsTokenOnly { get; internal set; }

    /// <summary>True when tokens are refused.</summary>
    public bool IsBasicOnly { get; internal set; }

    /// <summary>True when a hydrater's token, which lasts as long as its task, is refused.</summary>
    public bool IsClosedToTasks { get; internal set; }

    /// <summary>True when the caller must be an administrator of its company.</summary>
    public bool IsAdminOnly { get; internal set; }

    /// <summary>Where a browser without credentials is sent instead; null or empty: nowhere.</summary>
    internal Func<ApiOptions, string>? PathForBrowsers { get; set; }

    /// <summary>What the token must allow.</summary>
    public Scopes Scope { get; internal set; }
}
