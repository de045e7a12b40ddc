using System.Text.Json.Nodes;

namespace AnyFetch.Provider.Store;

/// <summary>A connection under way (provider-protocol, section 2).</summary>
internal sealed record TemporaryToken
{
    /// <summary>The authorization code, or the token to renew.</summary>
    public required string Code { get; init; }

    /// <summary>Whether <see cref="Code"/> is an AnyFetch token that is being renewed.</summary>
    public required bool IsRenewal { get; init; }

    public required string? ReturnTo { get; init; }

    public required string CodeVerifier { get; init; }

    public required JsonObject? PreData { get; init; }

    public override string ToString() => "temporary token";
}
