namespace AnyFetch.Conformance.Tests.Targets;

/// <summary>An application that a test registered.</summary>
public sealed record Application(string Id, string Secret, string RedirectUri)
{
    /// <summary>Where an application's users come back to; nothing listens there.</summary>
    public const string Callback = "https://app.example/callback?kept=1";

    /// <summary>The callback of an application that no browser can be sent to.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    /// <summary>Where the application sends its users.</summary>
    public string AuthorizePath(string more = "", string? redirectUri = null) =>
        $"oauth/authorize?client_id={Id}&response_type=code&redirect_uri={Uri.EscapeDataString(redirectUri ?? RedirectUri)}{more}";
}
