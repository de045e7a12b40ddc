namespace AnyFetch.Provider;

/// <summary>What a source that speaks OAuth 1.0a traded a person's consent for.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">The secret that signs calls with it; empty at sources whose token is a bearer token.</param>
public sealed record OAuth1Tokens(string Token, string Secret)
{
    /// <summary>The whole answer, for members of the source's own.</summary>
    public IReadOnlyDictionary<string, string> Answer { get; init; } = new Dictionary<string, string>();

    /// <summary>Says nothing: all of it is secret.</summary>
    public override string ToString() => "tokens";
}
