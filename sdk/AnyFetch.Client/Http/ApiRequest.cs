using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AnyFetch.Client.Http;

/// <summary>One call, described so that it can be sent more than once.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    /// <summary>Whether sending it twice has the effect of sending it once.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether a file travels, which has its own time-out.</summary>
    public bool IsFile { get; init; }

    /// <summary>Makes the body of one attempt; null when there is none.</summary>
    public Func<CancellationToken, ValueTask<HttpContent>>? Body { get; init; }

    public static ApiRequest Get(string path) => new(HttpMethod.Get, path) { Idempotent = true };

    public static ApiRequest Delete(string path) => new(HttpMethod.Delete, path) { Idempotent = true };

    public static ApiRequest Post(string path) => new(HttpMethod.Post, path);

    public static ApiRequest PostJson<T>(string path, T value, JsonTypeInfo<T> type) =>
        Json(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static ApiRequest PatchJson<T>(string path, T value, JsonTypeInfo<T> type) =>
        Json(HttpMethod.Patch, path, JsonSerializer.SerializeToUtf8Bytes(value, type)) with { Idempotent = true };

    public static ApiRequest Json(
        HttpMethod method, string path, ReadOnlyMemory<byte> utf8, string type = "application/json") => new(method, path)
    {
        Body = _ =>
        {
            var content = new ReadOnlyMemoryContent(utf8);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            return ValueTask.FromResult<HttpContent>(content);
        },
    };
}
