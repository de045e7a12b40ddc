using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;

namespace AnyFetch.Client;

/// <summary>The pages of one <c>GET /batch</c>.</summary>
public sealed record BatchResult
{
    private const string ErroredKey = "errored";

    /// <summary>200, or the status of the first page that failed.</summary>
    public required HttpStatusCode Status { get; init; }

    /// <summary>The first page that failed, as it was asked for; null when all succeeded.</summary>
    public required string? Errored { get; init; }

    /// <summary>Each page's body under the page's own text; a failed page holds its error body.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Pages { get; init; }

    internal static bool TryRead(HttpStatusCode status, byte[] body, [NotNullWhen(true)] out BatchResult? result)
    {
        result = null;
        if (!TryParse(body, out var root) || root.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var errored = root.TryGetProperty(ErroredKey, out var page) ? page.GetString() : null;
        if (status != HttpStatusCode.OK && errored is null)
        {
            return false;
        }

        // Pages start with "/", so the "errored" key cannot be one of them.
        var pages = root.EnumerateObject().Where(property => property.Name.StartsWith('/'))
            .ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal);
        result = new BatchResult { Status = status, Errored = errored, Pages = pages };
        return true;
    }

    private static bool TryParse(byte[] body, out JsonElement root)
    {
        try
        {
            root = JsonElement.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            root = default;
            return false;
        }
    }
}
