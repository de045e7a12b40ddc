using System.Net;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Dropbox;

/// <summary>Dropbox refused a call for a reason of the call itself (409). Another attempt does not help.</summary>
internal sealed class DropboxException(string summary)
    : SourceException(HttpStatusCode.Conflict, $"Dropbox refused: {(summary.Length > 0 ? summary : "no reason given")}.")
{
    /// <summary>Whether the reason begins with these tags.</summary>
    public bool Is(string tags) => summary.StartsWith(tags, StringComparison.Ordinal);
}
