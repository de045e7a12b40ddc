using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>Box' webhooks, version 2: a signed and fresh notice starts a run of the accounts that it speaks of.</summary>
internal sealed class BoxNotices(BoxProviderOptions options, TimeProvider time)
{
    private const string TimeHeader = "BOX-DELIVERY-TIMESTAMP";

    // As long as Box advises: an older notice may be one that was overheard.
    private static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(10);

    public WebhookReply Read(WebhookCall call, Func<SourceAccount, string?> idOf)
    {
        if (call.Method != "POST" || !IsFresh(call) || !IsSigned(call) || Parse(call.Body.Span) is not { } notice)
        {
            return new WebhookReply(403);
        }

        var (actor, owner) = (notice.CreatedBy?.Id, notice.Source?.OwnedBy?.Id);
        return new WebhookReply(200)
        {
            Concerns = account => idOf(account) is { } id && (id == actor || id == owner),
        };
    }

    private bool IsFresh(WebhookCall call) =>
        call.Headers.TryGetValue(TimeHeader, out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent)
        && (time.GetUtcNow() - sent).Duration() <= AgeMax;

    private bool IsSigned(WebhookCall call) =>
        call.Headers.GetValueOrDefault("BOX-SIGNATURE-VERSION") == "1"
        && call.Headers.GetValueOrDefault("BOX-SIGNATURE-ALGORITHM") == "HmacSHA256"
        && (IsSigned(call, "BOX-SIGNATURE-PRIMARY", options.WebhookPrimaryKey)
            || IsSigned(call, "BOX-SIGNATURE-SECONDARY", options.WebhookSecondaryKey));

    private static bool IsSigned(WebhookCall call, string header, string key)
    {
        if (key.Length == 0 || !call.Headers.TryGetValue(header, out var given))
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hash.AppendData(call.Body.Span);
        hash.AppendData(Encoding.UTF8.GetBytes(call.Headers[TimeHeader]));
        var expected = Convert.ToBase64String(hash.GetHashAndReset());
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(given));
    }

    private static BoxNotice? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, BoxJson.Default.BoxNotice);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
