using System.Net;
using AnyFetch.Client;

namespace AnyFetch.Provider.Running;

/// <summary>What a failure of one item means for it and for the run (provider-protocol, sections 5.3 and 9).</summary>
internal enum FailureKind
{
    /// <summary>Another attempt will not help: into the error list.</summary>
    Final,

    /// <summary>Try the item again later.</summary>
    Retry,

    /// <summary>Not in this run: into the error list, and again when the item is listed next.</summary>
    Later,

    /// <summary>The core is overloaded or away: pause sending, the item keeps its attempts.</summary>
    CoreBusy,

    /// <summary>The core no longer accepts the token: the run ends.</summary>
    CoreRefuses,

    /// <summary>The source's grant is dead: the run ends and a person must reconnect.</summary>
    SourceRefuses,
}

/// <summary>Sorts failures.</summary>
internal static class FailureKinds
{
    public static FailureKind Of(Exception failure, bool atCore) => failure switch
    {
        TokenException => FailureKind.SourceRefuses,
        AnyFetchException { Status: HttpStatusCode.Unauthorized } when atCore => FailureKind.CoreRefuses,
        AnyFetchException { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } =>
            FailureKind.CoreBusy,
        AnyFetchException refusal => IsRetryable(refusal.Status) ? FailureKind.Retry : FailureKind.Final,
        HttpRequestException or TimeoutException when atCore => FailureKind.CoreBusy,
        UnauthorizedAccessException => FailureKind.Later,
        SourceException source => source.IsRetryable ? FailureKind.Retry : FailureKind.Final,
        HttpRequestException { StatusCode: { } status } => IsRetryable(status) ? FailureKind.Retry : FailureKind.Final,
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => FailureKind.Retry,
        _ => FailureKind.Final,
    };

    /// <summary>A short name for the error list.</summary>
    public static string CodeOf(Exception failure) => failure switch
    {
        AnyFetchException { Code.Length: > 0 } refusal => refusal.Code,
        AnyFetchException refusal => $"Core{(int)refusal.Status}",
        SourceException source => $"Source{(int)source.Status}",
        HttpRequestException { StatusCode: { } status } => $"Source{(int)status}",
        UnauthorizedAccessException => "Unreadable",
        _ => failure.GetType().Name.Replace("Exception", "", StringComparison.Ordinal),
    };

    /// <summary>True for what a provider says on purpose: its message tells everything, where it was thrown tells nothing.</summary>
    public static bool IsExpected(Exception failure) => failure is ConnectException or SourceException or TokenException;

    /// <summary>What a log may say of a failure: only messages that were written for people.</summary>
    public static string ReasonOf(Exception failure) => IsExpected(failure) ? failure.Message : "";

    public static TimeSpan? RetryAfterOf(Exception failure) => failure switch
    {
        AnyFetchException refusal => refusal.RetryAfter,
        SourceException source => source.RetryAfter,
        _ => null,
    };

    private static bool IsRetryable(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or (HttpStatusCode)425;
}
