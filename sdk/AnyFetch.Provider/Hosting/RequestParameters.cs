using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace AnyFetch.Provider.Hosting;

/// <summary>
/// The parameters of a request: path, then query, then a form or JSON body, on every verb. Unknown ones are ignored; of a
/// repeated one the first counts, unless a list is asked for.
/// </summary>
internal sealed class RequestParameters
{
    private const int JsonDepthMax = 32;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    // Of a form or a query: a text in JSON is no list.
    private readonly Dictionary<string, IReadOnlyList<string>> _repeated = new(StringComparer.Ordinal);

    private RequestParameters()
    {
    }

    public IReadOnlyDictionary<string, string> All => _values;

    /// <summary>A body that is no form, as it was sent.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Null when absent or empty.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The reference implementation took any non-empty text, even 0; here a switch means what it says.</summary>
    public bool IsSet(string name) => this[name]?.ToLowerInvariant() is "1" or "true" or "yes";

    /// <summary>Whether there is one of this name, be it empty or null.</summary>
    public bool IsNamed(string name) => _values.ContainsKey(name);

    /// <summary>
    /// A list of texts: an array in JSON or as JSON text, or in a form as often as there are texts. Null when it is JSON's null, or empty.
    /// False when there is none, or something else.
    /// </summary>
    public bool TryTexts(string name, out IReadOnlyList<string>? texts)
    {
        texts = null;
        if (!_values.TryGetValue(name, out var value))
        {
            return false;
        }

        var repeated = _repeated.GetValueOrDefault(name);
        if (repeated is { Count: > 1 })
        {
            texts = repeated;
            return true;
        }

        if (value is "" or "null")
        {
            return true;
        }

        texts = value.StartsWith('[') ? ReadTexts(value) : repeated;
        return texts is not null;
    }

    /// <summary>Null when the body cannot be read.</summary>
    public static async Task<RequestParameters?> ReadAsync(
        HttpContext http, int bodyBytesMax, CancellationToken cancellationToken)
    {
        var parameters = new RequestParameters();
        foreach (var (name, value) in http.Request.RouteValues)
        {
            parameters._values.TryAdd(name, value?.ToString() ?? "");
        }

        foreach (var (name, values) in http.Request.Query)
        {
            parameters.Add(name, values);
        }

        if (!await parameters.AddBodyAsync(http, bodyBytesMax, cancellationToken))
        {
            return null;
        }

        parameters.AddBearer(http);
        return parameters;
    }

    private static string[]? ReadTexts(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProviderJson.Default.StringArray) is { } texts && !texts.Contains(null) ? texts : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add(string name, StringValues values)
    {
        if (_values.TryAdd(name, values.Count > 0 ? values[0] ?? "" : ""))
        {
            _repeated[name] = [.. values.Select(value => value ?? "")];
        }
    }

    // A token in a header leaves no trace in logs of addresses.
    private void AddBearer(HttpContext http)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            _values.TryAdd("access_token", header[Scheme.Length..].Trim());
        }
    }

    private async Task<bool> AddBodyAsync(HttpContext http, int bytesMax, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength is 0 || (http.Request.ContentLength is null
            && http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true))
        {
            return true;
        }

        if (http.Request.ContentLength > bytesMax)
        {
            return false;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytesMax;
        }

        try
        {
            return http.Request.HasFormContentType
                ? await AddFormAsync(http, cancellationToken)
                : await AddJsonAsync(http, cancellationToken);
        }
        catch (Exception failure) when (
            failure is JsonException or InvalidDataException or BadHttpRequestException or InvalidOperationException
            || (failure is IOException && !cancellationToken.IsCancellationRequested))
        {
            // A text that is no Unicode is an invalid operation to the JSON reader; a form that ends early, of the stream.
            return false;
        }
    }

    private async Task<bool> AddFormAsync(HttpContext http, CancellationToken cancellationToken)
    {
        foreach (var (name, values) in await http.Request.ReadFormAsync(cancellationToken))
        {
            Add(name, values);
        }

        return true;
    }

    private async Task<bool> AddJsonAsync(HttpContext http, CancellationToken cancellationToken)
    {
        // Clients send JSON without saying so; an empty body of any type is no parameters.
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory, cancellationToken);
        if (memory.Length == 0)
        {
            return true;
        }

        Body = memory.GetBuffer().AsMemory(0, (int)memory.Length);
        using var json = JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = JsonDepthMax });
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in json.RootElement.EnumerateObject())
        {
            var text = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.Null => "",
                _ => property.Value.GetRawText(),
            };
            _values.TryAdd(property.Name, text);
        }

        return true;
    }
}
