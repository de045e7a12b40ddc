using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Certification;

/// <summary>Plays the core and the manager over real HTTP, and remembers everything.</summary>
public sealed class FakePlatform : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;

    private FakePlatform(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
    }

    public string Url => _app.Urls.First();

    public ConcurrentQueue<RecordedCall> Calls { get; } = new();

    /// <summary>Stored documents by token and identifier.</summary>
    public ConcurrentDictionary<(string Token, string Identifier), JsonObject> Documents { get; } = new();

    /// <summary>Stored files by token and identifier.</summary>
    public ConcurrentDictionary<(string Token, string Identifier), byte[]> Files { get; } = new();

    /// <summary>The users of the company, ids by address.</summary>
    public ConcurrentDictionary<string, string> Readers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it takes pages (<c>POST /batch</c>); an older core does not. Default false.</summary>
    public bool HasDoor { get; set; }

    /// <summary>The pages that were sent, line by line, whether or not they were made.</summary>
    public ConcurrentQueue<IReadOnlyList<JsonObject>> Pages { get; } = new();

    /// <summary>The line that refuses its page; null for none.</summary>
    public Func<JsonObject, bool> RefusesLine { get; set; } = _ => false;

    /// <summary>Forces an answer; null lets the platform answer as usual.</summary>
    public Func<RecordedCall, ForcedReply?> Intercept { get; set; } = _ => null;

    /// <summary>Held back answers wait for this task.</summary>
    public Func<RecordedCall, Task> Delay { get; set; } = _ => Task.CompletedTask;

    /// <summary>Once a call has had its effect its answer waits for this task; an <see cref="IOException"/> cuts the connection.</summary>
    public Func<RecordedCall, Task> Answers { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a code is traded for; a random token by default.</summary>
    public Func<string, string> TokenForCode { get; set; } =
        _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>Starts one.</summary>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="url">Where it listens; a port of 0 takes a free one.</param>
    public static async Task<FakePlatform> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var platform = new FakePlatform(app, time ?? TimeProvider.System);
        app.Run(platform.HandleAsync);
        await app.StartAsync();
        return platform;
    }

    public IReadOnlyList<RecordedCall> Of(string key) => [.. Calls.Where(call => call.Key == key)];

    public IReadOnlyList<string> SentIdentifiers(string? token = null) =>
        [.. Calls.Where(call => call.Key == "POST /documents" && (token is null || call.Token == token))
            .Select(call => (string)call.Json!["identifier"]!)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var raw = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var isFile = raw.EndsWith("/file", StringComparison.Ordinal);
        var call = await RecordAsync(http, raw, isFile);
        await Delay(call);
        if (Intercept(call) is { } forced)
        {
            http.Response.StatusCode = forced.Status;
            if (forced.RetryAfter is not null)
            {
                http.Response.Headers.RetryAfter = forced.RetryAfter;
            }

            await http.Response.WriteAsJsonAsync(new { code = "Forced", message = "Forced by the test." });
            return;
        }

        await AnswerLateAsync(http, call, raw, isFile);
    }

    // The answer is complete before the first byte of it goes out.
    private async Task AnswerLateAsync(HttpContext http, RecordedCall call, string path, bool isFile)
    {
        var body = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await AnswerAsync(http, call, path, isFile);
        http.Response.Body = body;
        try
        {
            await Answers(call);
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            http.Abort();
            return;
        }

        answer.Position = 0;
        await answer.CopyToAsync(body);
    }

    private async Task<RecordedCall> RecordAsync(HttpContext http, string path, bool isFile)
    {
        string? form = null;
        JsonNode? json = null;
        if (!isFile && http.Request.HasFormContentType)
        {
            using var reader = new StreamReader(http.Request.Body);
            form = await reader.ReadToEndAsync();
        }
        else if (!isFile && http.Request.HasJsonContentType())
        {
            json = await JsonNode.ParseAsync(http.Request.Body);
        }

        var bearer = http.Request.Headers.Authorization.ToString();
        var token = bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer[7..] : null;
        var socket = http.Features.Get<IConnectionSocketFeature>()?.Socket;
        var call = new RecordedCall(http.Request.Method, path, token, form, json, _time.GetUtcNow())
        {
            Aborted = http.RequestAborted,
            WasGivenUp = HasHungUp(socket),
            IsGivenUp = () => HasHungUp(socket),
        };
        Calls.Enqueue(call);
        return call;
    }

    /// <summary>Whether nothing comes from a connection any more.</summary>
    private static bool HasHungUp(Socket? socket)
    {
        try
        {
            return socket is null || (socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) && socket.Available == 0);
        }
        catch (Exception closed) when (closed is ObjectDisposedException or SocketException)
        {
            return true;
        }
    }

    private async Task AnswerAsync(HttpContext http, RecordedCall call, string path, bool isFile)
    {
        switch (call.Key)
        {
            case "POST /oauth/access_token":
                var code = System.Web.HttpUtility.ParseQueryString(call.Form!)["code"]!;
                await http.Response.WriteAsJsonAsync(new { token_type = "bearer", access_token = TokenForCode(code) });
                return;
            case "POST /documents":
                var identifier = (string)call.Json!["identifier"]!;
                Documents[(call.Token!, identifier)] = call.Json.AsObject();
                await http.Response.WriteAsJsonAsync(new { id = "0123456789abcdef01234567", identifier });
                return;
            case "POST /batch":
                await AnswerPageAsync(http, call);
                return;
            case "POST /readers":
                var known = call.Json!["emails"]!.AsArray().Select(email => (string)email!).Where(Readers.ContainsKey);
                await http.Response.WriteAsJsonAsync(new { users = known.ToDictionary(email => email, email => Readers[email]) });
                return;
            case "POST /user/update":
                await http.Response.WriteAsJsonAsync(new Dictionary<string, int>());
                return;
        }

        if (call.Method == "PATCH")
        {
            http.Response.StatusCode = Patch(call, Identifier(path));
            return;
        }

        if (isFile && call.Method == "POST")
        {
            var file = (await http.Request.ReadFormAsync()).Files.Single();
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory);
            Files[(call.Token!, Identifier(path))] = memory.ToArray();
        }
        else if (call.Method == "DELETE" && !Documents.TryRemove((call.Token!, Identifier(path)), out _))
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsJsonAsync(new { code = "ResourceNotFound", message = "No such document." });
            return;
        }

        http.Response.StatusCode = 204;
    }

    private async Task AnswerPageAsync(HttpContext http, RecordedCall call)
    {
        if (!HasDoor)
        {
            http.Response.StatusCode = 405;
            await http.Response.WriteAsJsonAsync(new { code = "MethodNotAllowed", message = "There are no pages here." });
            return;
        }

        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Pages.Enqueue(lines);
        if (lines.Any(RefusesLine))
        {
            http.Response.StatusCode = 409;
            await http.Response.WriteAsJsonAsync(new { code = "InvalidArgument", message = "A line is wrong." });
            return;
        }

        foreach (var line in lines)
        {
            if (line["document"] is JsonObject document)
            {
                Documents[(call.Token!, (string)document["identifier"]!)] = document.DeepClone().AsObject();
            }
            else if (line["delete"] is { } identifier)
            {
                Documents.TryRemove((call.Token!, (string)identifier!), out _);
            }
        }

        await http.Response.WriteAsJsonAsync(new { created = lines.Count, updated = 0, deleted = 0, missing = 0, failures = 0 });
    }

    // As the Fetch API does: a new identifier moves the document, its file with it.
    private int Patch(RecordedCall call, string identifier)
    {
        if (!Documents.TryGetValue((call.Token!, identifier), out var document))
        {
            return 404;
        }

        var target = (string?)call.Json!["identifier"] ?? identifier;
        if (target != identifier && Documents.ContainsKey((call.Token!, target)))
        {
            return 409;
        }

        Documents.TryRemove((call.Token!, identifier), out _);
        foreach (var (name, value) in call.Json.AsObject())
        {
            document[name] = value?.DeepClone();
        }

        Documents[(call.Token!, target)] = document;
        if (Files.TryRemove((call.Token!, identifier), out var file))
        {
            Files[(call.Token!, target)] = file;
        }

        return 204;
    }

    private static string Identifier(string path)
    {
        const string Prefix = "/documents/identifier/";
        var rest = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path;
        return Uri.UnescapeDataString(rest.EndsWith("/file", StringComparison.Ordinal) ? rest[..^5] : rest);
    }
}
