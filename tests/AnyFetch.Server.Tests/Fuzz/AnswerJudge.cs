using System.Text.Json;
using AnyFetch.Core.Errors;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>Says what is wrong with an answer, whatever the request was.</summary>
internal static class AnswerJudge
{
    /// <summary>A short name of the fault, the same for the same kind; null when the answer is all right.</summary>
    public static string? FindFault(FuzzRequest request, FuzzAnswer? answer)
    {
        if (answer is null)
        {
            return "the connection ended without an answer";
        }

        foreach (var owner in FuzzMark.OwnersIn(answer))
        {
            if (!request.Caller.Sees.Contains(owner))
            {
                return $"{answer.Status} leaks what is of '{owner}'";
            }
        }

        if (answer.Status >= 500 && !Is503Documented(request, answer))
        {
            return $"{answer.Status}";
        }

        return answer.Status >= 400 && request.Method != "HEAD" && !IsDocumented(request, answer)
            ? $"{answer.Status} with a body that is not documented: {answer.Text[..Math.Min(answer.Text.Length, 100)]}"
            : null;
    }

    /// <summary>
    /// Drawing needs a browser, a hydrater its tools, readiness an index that has caught up, and each has its limits.
    /// </summary>
    private static bool Is503Documented(FuzzRequest request, FuzzAnswer answer) => answer.Status == 503
        && (request.Route.Pattern.EndsWith("/image", StringComparison.Ordinal)
            || request.Route.Pattern.EndsWith("/hydrate", StringComparison.Ordinal)
            || request.Route.Pattern == "/health/ready");

    private static bool IsDocumented(FuzzRequest request, FuzzAnswer answer)
    {
        var type = answer.Header("Content-Type") ?? "";
        if (request.Route.Kind == RouteKind.Page && type.StartsWith("text/html", StringComparison.Ordinal))
        {
            return answer.Body.Length > 0;
        }

        // A file that is not there, for browsers; and a range outside of one, which RFC 9110 answers with its length.
        if (answer.Status == 416
            || (request.Route.Pattern.StartsWith("/app", StringComparison.Ordinal) && answer is { Status: 404, Text.Length: > 0 }))
        {
            return true;
        }

        if (!type.StartsWith("application/json", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return IsError(request, answer.Status, json.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsError(FuzzRequest request, int status, JsonElement body)
    {
        // A batch that fails says which page did, and shows the others (api.md §5, batch).
        if (request.Route.Pattern == "/batch" && body.TryGetProperty("errored", out _))
        {
            return true;
        }

        if (!body.TryGetProperty("code", out var code) || !body.TryGetProperty("message", out var message))
        {
            return request.Route.Pattern == "/health/ready" && status == 503;
        }

        // The exchange has RFC 6749's statuses (auth-and-tenancy §4.3); built-in hydraters have their protocol's.
        var isExempt = body.TryGetProperty("error", out _) || request.Route.Kind == RouteKind.Machine;
        return message.GetString() is { Length: > 0 }
            && Enum.TryParse<ErrorCode>(code.GetString(), out var known) is var isKnown
            && (isExempt || (isKnown && ErrorCatalog.StatusOf(known) == status));
    }
}
