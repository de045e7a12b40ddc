using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace AnyFetch.Provider;

/// <summary>What a source was asked to do for an account: to say by itself when something changed.</summary>
/// <param name="Id">
/// What the source or the provider calls it. Accounts whose subscriptions share an id share the subscription: it ends with the
/// last of them.
/// </param>
/// <param name="RenewAt">When it is renewed: well before the source lets it end.</param>
public sealed record Subscription(string Id, DateTimeOffset RenewAt)
{
    private const int SecretBytes = 32;

    /// <summary>What a notice must carry to be believed; null for sources that prove their notices in another way.</summary>
    public string? Secret { get; init; }

    /// <summary>What the source needs to hear when it ends, besides the id; or null.</summary>
    public string? Resource { get; init; }

    /// <summary>What it was made for.</summary>
    [JsonInclude]
    internal string Target { get; init; } = "";

    /// <summary>A new secret: 256 bits at random, as 64 letters and digits.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);

    /// <summary>
    /// Whether a notice is of this subscription: it names the id and carries the secret, which are compared in a time that
    /// tells nothing. False when there is no secret.
    /// </summary>
    /// <param name="id">The id that the notice names.</param>
    /// <param name="secret">The secret that it carries.</param>
    public bool Sent(string id, string secret) =>
        Id == id && Secret is { Length: > 0 } expected
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret));

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"subscription {Id}";
}
