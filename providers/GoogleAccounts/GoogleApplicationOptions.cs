namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>An application at Google, and where Google is asked.</summary>
public abstract class GoogleApplicationOptions
{
    /// <summary>The OAuth client id of the Google Cloud console. Empty: the provider is not offered.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret that belongs to it.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Where people consent. Default <c>https://accounts.google.com/o/oauth2/v2/auth</c>.</summary>
    public Uri AuthorizeUrl { get; set; } = new("https://accounts.google.com/o/oauth2/v2/auth");

    /// <summary>Where codes and refresh tokens are traded. Default <c>https://oauth2.googleapis.com/token</c>.</summary>
    public Uri TokenUrl { get; set; } = new("https://oauth2.googleapis.com/token");

    /// <summary>Where grants are given back. Default <c>https://oauth2.googleapis.com/revoke</c>.</summary>
    public Uri RevokeUrl { get; set; } = new("https://oauth2.googleapis.com/revoke");

    /// <summary>Where the account's address is asked. Default <c>https://openidconnect.googleapis.com/v1/userinfo</c>.</summary>
    public Uri UserInfoUrl { get; set; } = new("https://openidconnect.googleapis.com/v1/userinfo");

    /// <summary>The largest JSON answer that is read, in bytes. Default 64 MiB.</summary>
    public int AnswerBytesMax { get; set; } = 64 * 1024 * 1024;
}
