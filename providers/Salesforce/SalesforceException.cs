using System.Net;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce;

/// <summary>Salesforce refused a call.</summary>
internal sealed class SalesforceException(HttpStatusCode status, string code, TimeSpan? retryAfter)
    : SourceException(status, $"Salesforce answered {(int)status}{(code.Length > 0 ? " " + code : "")}.", retryAfter)
{
    /// <summary>Salesforce's own name for the reason, for example <c>INVALID_FIELD</c>.</summary>
    public string Code => code;

    /// <summary>Whether the account has no such thing, or may not see it.</summary>
    public bool IsUnavailable => Status == HttpStatusCode.NotFound
        || code is "INVALID_TYPE" or "INSUFFICIENT_ACCESS" or "INSUFFICIENT_ACCESS_OR_READONLY";
}
