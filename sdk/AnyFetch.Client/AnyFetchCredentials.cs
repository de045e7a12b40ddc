using System.Net.Http.Headers;
using System.Text;

namespace AnyFetch.Client;

/// <summary>Who the client acts for (auth-and-tenancy, section 2). The secret is never part of any text.</summary>
public sealed class AnyFetchCredentials
{
    private AnyFetchCredentials(AuthenticationHeaderValue? header) => Header = header;

    /// <summary>No credentials: only <c>/status</c> answers.</summary>
    public static AnyFetchCredentials None { get; } = new(null);

    internal AuthenticationHeaderValue? Header { get; }

    /// <summary>An access token. Preferred: it is fast and carries only the scopes it was given.</summary>
    /// <param name="accessToken">The secret of a basic token or of a client token.</param>
    public static AnyFetchCredentials Bearer(string accessToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessToken);
        return new(new AuthenticationHeaderValue("Bearer", accessToken));
    }

    /// <summary>An e-mail address and a password. Refused by the server where a document is created or deleted.</summary>
    /// <param name="email">The user's e-mail address; it cannot hold a colon.</param>
    /// <param name="password">The user's password; it may hold colons.</param>
    public static AnyFetchCredentials Basic(string email, string password)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(email);
        ArgumentNullException.ThrowIfNull(password);
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{email}:{password}"));
        return new(new AuthenticationHeaderValue("Basic", pair));
    }

    /// <summary>The scheme only, so that a log line cannot give the secret away.</summary>
    public override string ToString() => Header?.Scheme ?? "None";
}
