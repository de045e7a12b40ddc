using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AnyFetch.Api.Http.Bodies;

/// <summary>How a body is written.</summary>
internal enum BodyKind
{
    /// <summary>Also taken for bodies that do not say what they are.</summary>
    Json,

    Form,

    Multipart,
}

/// <summary>Tells the kinds of bodies apart.</summary>
internal static class BodyKinds
{
    public static BodyKind Of(HttpRequest request)
    {
        var type = request.ContentType;
        if (type is null || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return BodyKind.Json;
        }

        if (type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return BodyKind.Form;
        }

        return type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? BodyKind.Multipart
            : BodyKind.Json;
    }

    /// <summary>The boundary of a multipart body, or null when it says none that can be used.</summary>
    public static string? Boundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return null;
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= 200 } ? boundary : null;
    }
}
