using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>What the source sent back, with what was kept.</summary>
/// <param name="Parameters">The incoming parameters; of a repeated one, the first.</param>
/// <param name="PreData">What the start kept; or null.</param>
/// <param name="CallbackUrl">The callback address that the start was given.</param>
/// <param name="CodeVerifier">The PKCE verifier of the challenge that the start was given.</param>
public sealed record ConnectReply(
    IReadOnlyDictionary<string, string> Parameters, JsonObject? PreData, string CallbackUrl, string CodeVerifier);
