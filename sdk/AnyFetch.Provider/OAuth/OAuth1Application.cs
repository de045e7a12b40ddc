namespace AnyFetch.Provider;

/// <summary>Who an application is to a source that speaks OAuth 1.0a (RFC 5849), and where the source is asked.</summary>
/// <param name="ConsumerKey">The key that the source gave the application.</param>
/// <param name="ConsumerSecret">Its secret; it signs every call and travels with none.</param>
/// <param name="TemporaryUrl">Where temporary credentials are asked for.</param>
/// <param name="AuthorizeUrl">Where people consent.</param>
/// <param name="TokenUrl">Where temporary credentials are traded for lasting ones.</param>
public sealed record OAuth1Application(
    string ConsumerKey, string ConsumerSecret, Uri TemporaryUrl, Uri AuthorizeUrl, Uri TokenUrl)
{
    /// <summary>Names the application only: a log line cannot give its secret away.</summary>
    public override string ToString() => ConsumerKey;
}
