using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.TestKit;

/// <summary>
/// A small core on a free port of this machine, for the tests of hydraters that act on other documents (hydration.md §8). It
/// speaks the Fetch API's document routes as far as hydraters need them: <c>POST /documents</c>, <c>PATCH</c>, <c>GET</c>
/// and <c>DELETE</c> of one document by id or identifier, its <c>/raw</c> view and its <c>/file</c>, and
/// <c>GET /documents</c>, which lists what has the asked <c>@key</c> values and does not search.
/// </summary>
public sealed class FakeCore : IAsyncDisposable
{
    /// <summary>The token that <see cref="NewClient"/> uses; any other is refused.</summary>
    public const string AccessToken = "fake-core-token";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, FakeDocument> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _deleted = new();
    private int _lastId;

    private FakeCore(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>The documents that exist now, in the order of their creation.</summary>
    public IReadOnlyList<FakeDocument> Documents => [.. _documents.Values.OrderBy(d => d.Id, StringComparer.Ordinal)];

    /// <summary>The identifiers that were deleted, in order.</summary>
    public IReadOnlyList<string> Deleted => [.. _deleted];

    /// <summary>The status that the next calls are answered with, or null to work. For tests of failures.</summary>
    public int? RefuseWith { get; set; }

    /// <summary>Starts it.</summary>
    public static async Task<FakeCore> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var core = new FakeCore(builder.Build());
        core._app.Run(core.AnswerAsync);
        await core._app.StartAsync(cancellationToken).ConfigureAwait(false);
        return core;
    }

    /// <summary>The document with this identifier, or null.</summary>
    public FakeDocument? Find(string identifier) => _documents.GetValueOrDefault(identifier);

    /// <summary>Stores a document as a provider would have sent it, and gives it an id.</summary>
    public FakeDocument Put(JsonObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var identifier = (string?)document["identifier"] ?? Guid.NewGuid().ToString("n");
        var stored = _documents.GetOrAdd(identifier, key => new FakeDocument(
            Interlocked.Increment(ref _lastId).ToString("x24", CultureInfo.InvariantCulture), key));
        stored.Merge(document);
        return stored;
    }

    /// <summary>A client of this core, as a hydrater gets one.</summary>
    public AnyFetchClient NewClient() =>
        new(Url, AnyFetchCredentials.Bearer(AccessToken), new AnyFetchClientOptions { RetriesMax = 0 });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (RefuseWith is { } refusal)
        {
            await ErrorAsync(context, refusal, "Refused").ConfigureAwait(false);
            return;
        }

        if (context.Request.Headers.Authorization != "Bearer " + AccessToken)
        {
            await ErrorAsync(context, 401, "InvalidCredentials").ConfigureAwait(false);
            return;
        }

        // The path as it was sent: an identifier may hold encoded slashes.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0].Trim('/').Split('/');
        await (path switch
        {
            ["documents"] when context.Request.Method == "POST" => PostAsync(context),
            ["documents"] => ListAsync(context),
            ["documents", "identifier", var name, .. var rest] => OneAsync(context, Find(Uri.UnescapeDataString(name)), rest),
            ["documents", var id, .. var rest] => OneAsync(context, Documents.FirstOrDefault(d => d.Id == id), rest),
            _ => ErrorAsync(context, 404, "ResourceNotFound"),
        }).ConfigureAwait(false);
    }

    private async Task PostAsync(HttpContext context)
    {
        var sent = await ReadAsync(context).ConfigureAwait(false);
        await JsonAsync(context, Put(sent).Fields).ConfigureAwait(false);
    }

    private Task ListAsync(HttpContext context)
    {
        var asked = context.Request.Query.Where(q => q.Key.StartsWith('@')).ToList();
        var found = Documents.Where(d => asked.TrueForAll(q => d.Metadata[q.Key[1..]]?.ToString() == q.Value)).ToList();
        var data = new JsonArray([.. found.Select(d => d.Fields.DeepClone())]);
        return JsonAsync(context, new JsonObject { ["data"] = data, ["count"] = found.Count });
    }

    private Task OneAsync(HttpContext context, FakeDocument? document, string[] rest) =>
        (context.Request.Method, document, rest) switch
        {
            (_, null, _) => ErrorAsync(context, 404, "ResourceNotFound"),
            ("GET", not null, [] or ["raw"]) => JsonAsync(context, document.Fields),
            ("PATCH", not null, []) => PatchAsync(context, document),
            ("DELETE", not null, []) => DeleteAsync(context, document),
            ("POST", not null, ["file"]) => UploadAsync(context, document),
            ("GET", { File: { } file }, ["file"]) => context.Response.Body.WriteAsync(file).AsTask(),
            _ => ErrorAsync(context, 404, "ResourceNotFound"),
        };

    private static async Task PatchAsync(HttpContext context, FakeDocument document)
    {
        document.Merge(await ReadAsync(context).ConfigureAwait(false));
        await JsonAsync(context, document.Fields).ConfigureAwait(false);
    }

    private Task DeleteAsync(HttpContext context, FakeDocument document)
    {
        _documents.TryRemove(document.Identifier, out _);
        _deleted.Enqueue(document.Identifier);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task UploadAsync(HttpContext context, FakeDocument document)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        using var content = new MemoryStream();
        await form.Files[0].CopyToAsync(content, context.RequestAborted).ConfigureAwait(false);
        document.File = content.ToArray();
        document.Uploads++;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)
            .ConfigureAwait(false);
        return body as JsonObject ?? [];
    }

    private static Task JsonAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(ShownAs(body).ToJsonString(), context.RequestAborted);
    }

    /// <summary>The type is sent as a name and shown as an object, as the real core does.</summary>
    private static JsonObject ShownAs(JsonObject body)
    {
        var shown = (JsonObject)body.DeepClone();
        foreach (var document in shown["data"] is JsonArray list ? [.. list.OfType<JsonObject>()] : new[] { shown })
        {
            if (document["document_type"] is JsonValue type)
            {
                document["document_type"] = new JsonObject { ["name"] = type.DeepClone() };
            }
        }

        return shown;
    }

    private static Task ErrorAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return JsonAsync(context, new JsonObject { ["code"] = code, ["message"] = code });
    }
}
