using System.Text.Json;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AnyFetch.Manager.Http;

/// <summary>The named texts of a small body: a form, or a JSON object of texts, numbers and booleans.</summary>
internal sealed class RequestFields
{
    private readonly Dictionary<string, string> _values;

    private RequestFields(Dictionary<string, string> values) => _values = values;

    /// <summary>The text of a field; null when it is absent or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Reads a body of at most <paramref name="bytesMax"/> bytes.</summary>
    public static async ValueTask<(RequestFields Fields, Error? Error)> ReadAsync(
        HttpRequest request,
        int bytesMax,
        CancellationToken cancellationToken)
    {
        var empty = new RequestFields([]);
        var buffer = new byte[bytesMax + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken);
        if (length > bytesMax)
        {
            return (empty, new Error(ErrorCode.RequestEntityTooLarge, $"The body is above {bytesMax} bytes."));
        }

        var body = buffer.AsMemory(0, length);
        if (IsJson(request.ContentType))
        {
            return FromJson(body) is { } fields
                ? (fields, null)
                : (empty, new Error(ErrorCode.BadRequest, "The body is not a JSON object of simple values."));
        }

        return FromForm(body) is { } form
            ? (form, null)
            : (empty, new Error(ErrorCode.BadRequest, "The body is not a form that can be read."));
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static RequestFields? FromForm(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = new FormReader(System.Text.Encoding.UTF8.GetString(body.Span));
            return new RequestFields(reader.ReadForm().ToDictionary(f => f.Key, f => f.Value[0] ?? ""));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static RequestFields? FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var values = new Dictionary<string, string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                {
                    return null;
                }

                values[property.Name] = property.Value.ToString();
            }

            return new RequestFields(values);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A lone surrogate in a text is valid JSON, yet no text: reading it is what fails then.
            return null;
        }
    }
}
