using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Emulators.Evernote;

/// <summary>The three steps of OAuth 1.0a at Evernote. Each call's signature is computed anew and compared.</summary>
internal sealed class EvernoteConsent(TimeProvider time)
{
    private const int ClockSecondsMax = 300;

    private readonly ConcurrentDictionary<string, (string Secret, string Callback)> _temporary = new();
    private readonly ConcurrentDictionary<string, string> _verifiers = new();
    private readonly ConcurrentDictionary<string, bool> _nonces = new();

    /// <summary>Temporary credentials, or for those with a verifier the lasting token.</summary>
    public async Task GrantAsync(HttpContext http, Uri url, Func<Dictionary<string, string>> newToken)
    {
        var query = http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var token = query.GetValueOrDefault("oauth_token");
        var secret = token is not null && _temporary.TryGetValue(token, out var known) ? known.Secret : "";
        if (!IsSigned(new Uri(url, "oauth"), query, secret))
        {
            http.Response.StatusCode = 401;
            await http.Response.WriteAsync("Invalid signature");
        }
        else if (token is null)
        {
            var (id, key) = ("anyfetch." + Random(), Random());
            _temporary[id] = (key, query["oauth_callback"]);
            await AnswerAsync(http, new()
            {
                ["oauth_token"] = id, ["oauth_token_secret"] = key, ["oauth_callback_confirmed"] = "true",
            });
        }
        else if (_verifiers.TryRemove(token, out var verifier) && verifier == query.GetValueOrDefault("oauth_verifier")
            && _temporary.TryRemove(token, out _))
        {
            await AnswerAsync(http, newToken());
        }
        else
        {
            http.Response.StatusCode = 401;
            await http.Response.WriteAsync("Not authorized");
        }
    }

    /// <summary>The consent page; whoever refuses is sent back without a verifier.</summary>
    public void Ask(HttpContext http, bool refuses)
    {
        var token = http.Request.Query["oauth_token"].ToString();
        var answer = new Dictionary<string, string?> { ["oauth_token"] = token };
        if (!refuses)
        {
            answer["oauth_verifier"] = _verifiers[token] = Random();
        }

        http.Response.Redirect(QueryHelpers.AddQueryString(_temporary[token].Callback, answer));
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 5849 knows no other hash than SHA-1.")]
    private bool IsSigned(Uri address, Dictionary<string, string> query, string tokenSecret)
    {
        var signed = query.Where(pair => pair.Key != "oauth_signature")
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")
            .Order(StringComparer.Ordinal);
        var text = $"GET&{Uri.EscapeDataString(address.AbsoluteUri)}&{Uri.EscapeDataString(string.Join('&', signed))}";
        using var mac = new HMACSHA1(Encoding.ASCII.GetBytes($"{EvernoteEmulator.ConsumerSecret}&{tokenSecret}"));
        var at = long.Parse(query["oauth_timestamp"], CultureInfo.InvariantCulture);
        return query["oauth_consumer_key"] == EvernoteEmulator.ConsumerKey
            && query["oauth_signature_method"] == "HMAC-SHA1"
            && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - at) <= ClockSecondsMax
            && _nonces.TryAdd(query["oauth_nonce"], true)
            && query["oauth_signature"] == Convert.ToBase64String(mac.ComputeHash(Encoding.ASCII.GetBytes(text)));
    }

    private static Task AnswerAsync(HttpContext http, Dictionary<string, string> answer) =>
        http.Response.WriteAsync(string.Join(
            '&', answer.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")));

    private static string Random() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
