namespace AnyFetch.Client;

/// <summary>An authorization code to trade for an access token (auth-and-tenancy, section 4.3).</summary>
public sealed record CodeExchange
{
    /// <summary>The application's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The application's secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>The code; it works once, for 10 minutes.</summary>
    public required string Code { get; init; }

    /// <summary>The registered callback address; checked by the server when sent.</summary>
    public string? RedirectUri { get; init; }
}
