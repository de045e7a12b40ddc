namespace AnyFetch.Client;

/// <summary>The answer of <c>GET /</c>: the caller, and the addresses of the main collections.</summary>
public sealed record ApiIndex
{
    /// <summary>The caller's e-mail address.</summary>
    public string UserEmail { get; init; } = "";

    /// <summary>The caller's id.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The caller's company.</summary>
    public string CompanyId { get; init; } = "";

    /// <summary>Where documents are searched.</summary>
    public string DocumentsUrl { get; init; } = "";

    /// <summary>Where document types are listed.</summary>
    public string DocumentTypesUrl { get; init; } = "";

    /// <summary>Where the user's sources are listed.</summary>
    public string ProvidersUrl { get; init; } = "";

    /// <summary>Where the company's users are listed.</summary>
    public string UsersUrl { get; init; } = "";

    /// <summary>The caller.</summary>
    public string CurrentUserUrl { get; init; } = "";

    /// <summary>Updates every source of the company.</summary>
    public string UpdateUrl { get; init; } = "";

    /// <summary>Resets the company.</summary>
    public string ResetUrl { get; init; } = "";

    /// <summary>The caller's basic token.</summary>
    public string TokenUrl { get; init; } = "";

    /// <summary>The server's clock.</summary>
    public DateTimeOffset? ServerTime { get; init; }
}
