using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>What a source's token endpoint answered.</summary>
/// <param name="AccessToken">The access token.</param>
public sealed record OAuthTokens(string AccessToken)
{
    /// <summary>The refresh token; null when the source sent none, and the one at hand stays good.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>How long the access token lives, in seconds; null when the source did not say.</summary>
    public int? ExpiresInSeconds { get; init; }

    /// <summary>The whole answer, for members of the source's own.</summary>
    public JsonObject Answer { get; init; } = [];

    /// <summary>Says nothing: all of it is secret.</summary>
    public override string ToString() => "tokens";
}
