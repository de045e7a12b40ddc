namespace AnyFetch.Provider;

/// <summary>What a connector needs to start.</summary>
/// <param name="CallbackUrl">Where the source must send the browser back.</param>
/// <param name="State">Random, single-use; the source must echo it as <c>state</c>.</param>
/// <param name="CodeChallenge">The PKCE challenge, method S256, for sources that support it.</param>
public sealed record ConnectRequest(string CallbackUrl, string State, string CodeChallenge)
{
    /// <summary>
    /// What was entered in the form of an <see cref="IConnectForm"/>, by field name, trimmed, without empty fields. Keep what
    /// is needed later in <see cref="ConnectStart.PreData"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
