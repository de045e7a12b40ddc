namespace AnyFetch.Provider;

/// <summary>Who an application is to a source that speaks OAuth 2 (RFC 6749), and where the source is asked.</summary>
/// <param name="ClientId">The id that the source gave the application.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="AuthorizeUrl">Where people consent.</param>
/// <param name="TokenUrl">Where codes and refresh tokens are traded.</param>
public sealed record OAuthApplication(string ClientId, string ClientSecret, Uri AuthorizeUrl, Uri TokenUrl)
{
    /// <summary>What is asked for, in the source's words; none sends no <c>scope</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Further parameters of the consent page, for example <c>access_type=offline</c>.</summary>
    public IReadOnlyDictionary<string, string> AuthorizeParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Names the application only: a log line cannot give its secret away.</summary>
    public override string ToString() => ClientId;
}
