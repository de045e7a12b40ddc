using System.Net;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>Google refused a call and said why.</summary>
internal sealed class GoogleException : SourceException
{
    private static readonly string[] RateReasons =
    [
        "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "sharingRateLimitExceeded", "quotaExceeded",
        "backendError", "RESOURCE_EXHAUSTED",
    ];

    public GoogleException(HttpStatusCode status, GoogleRefusal.Reasons? reasons, TimeSpan? retryAfter)
        : base(status, Describe(status, reasons), retryAfter)
    {
        Reason = ReasonOf(reasons);
        Location = reasons?.Errors is [var first, ..] ? first.Location : null;
        IsRetryable |= RateReasons.Contains(Reason);
    }

    /// <summary>The first reason, for example <c>exportSizeLimitExceeded</c>; empty when none was given.</summary>
    public string Reason { get; }

    /// <summary>The parameter that is at fault; or null.</summary>
    public string? Location { get; }

    /// <summary>Whether Google no longer takes a page token: they end after some time.</summary>
    public bool IsBadPage => Status is HttpStatusCode.BadRequest or HttpStatusCode.Gone && Location is "pageToken";

    /// <summary>Whether the person did not grant what is needed, which only another consent changes.</summary>
    public bool IsMissingScope => Status == HttpStatusCode.Forbidden && Reason is "insufficientPermissions" or "authError";

    /// <summary>Whether it is the address of notices that is refused, which a 401 can mean as well as a token.</summary>
    public bool IsAboutNotices => Reason.StartsWith("push.", StringComparison.Ordinal);

    private static string ReasonOf(GoogleRefusal.Reasons? reasons) =>
        reasons?.Errors is [{ Reason: { } reason }, ..] ? reason : reasons?.Status ?? "";

    private static string Describe(HttpStatusCode status, GoogleRefusal.Reasons? reasons) =>
        ReasonOf(reasons) is { Length: > 0 } reason
            ? $"The source answered {(int)status}: {reason}."
            : $"The source answered {(int)status}.";
}
