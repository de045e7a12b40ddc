using System.Net;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Box;

/// <summary>Box refused a call.</summary>
internal sealed class BoxException(HttpStatusCode status, string code, TimeSpan? retryAfter)
    : SourceException(status, $"Box answered {(int)status}{(code.Length > 0 ? " " + code : "")}.", retryAfter)
{
    /// <summary>Whether the account has no such item, or not any more: deleted, in the trash, or no longer shared with it.</summary>
    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone
        || (Status == HttpStatusCode.Forbidden && code == "access_denied_insufficient_permissions");
}
