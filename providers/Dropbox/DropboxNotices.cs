using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Dropbox;

/// <summary>Dropbox' notices: its challenge is echoed, and a signed list of accounts starts their runs.</summary>
internal sealed class DropboxNotices(DropboxProviderOptions options)
{
    private const string Signature = "X-Dropbox-Signature";
    private const int ChallengeCharactersMax = 200;

    public WebhookReply Read(WebhookCall call, Func<SourceAccount, string?> idOf)
    {
        if (call.Method == "GET")
        {
            return call.Query.TryGetValue("challenge", out var challenge) && IsChallenge(challenge)
                ? new WebhookReply(200) { Text = challenge }
                : new WebhookReply(400);
        }

        if (!IsSigned(call) || Parse(call.Body.Span) is not { } ids)
        {
            return new WebhookReply(403);
        }

        return new WebhookReply(200) { Concerns = account => idOf(account) is { } id && ids.Contains(id) };
    }

    // What is echoed must be no text of an attacker's choice.
    private static bool IsChallenge(string text) =>
        text.Length is > 0 and <= ChallengeCharactersMax
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '=');

    private bool IsSigned(WebhookCall call)
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.AppSecret), call.Body.Span);
        return call.Headers.TryGetValue(Signature, out var given)
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)),
                Encoding.ASCII.GetBytes(given.ToLowerInvariant()));
    }

    private static HashSet<string>? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var notice = JsonSerializer.Deserialize(body, DropboxJson.Default.DropboxNotice);
            return notice?.ListFolder?.Ids is { } ids ? [.. ids] : [];
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
