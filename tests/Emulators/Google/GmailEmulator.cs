using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Google;

/// <summary>
/// A Gmail with one mailbox, over real HTTP, made after the published reference of version 1: threads with pages, messages
/// with their parts, attachments under ids that change with every answer, the history and its end.
/// </summary>
public sealed class GmailEmulator : GoogleEmulator, IEmulator<GmailEmulator>
{
    private const string Api = "gmail/v1/users/me/";
    private const int PageItemsDefault = 100;

    private readonly ConcurrentDictionary<string, byte[]> _attachments = new();
    private int _attachmentIds;

    private GmailEmulator(TimeProvider time, string url)
        : base(time, url, "https://www.googleapis.com/auth/gmail.readonly") =>
        (Box, Watches, Push) = (new MailBox(time), new GmailWatches(time), new PubSubPush(time));

    public MailBox Box { get; }

    /// <summary>Whether the mailbox is watched.</summary>
    public GmailWatches Watches { get; }

    /// <summary>What Cloud Pub/Sub sends then.</summary>
    public PubSubPush Push { get; }

    protected override string PublicKeys => Push.Keys();

    public static Task<GmailEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0") =>
        StartAsync(new GmailEmulator(time ?? TimeProvider.System, url));

    protected override async Task AnswerAsync(HttpContext http, string path, string question)
    {
        var rest = path.StartsWith(Api, StringComparison.Ordinal) ? path[Api.Length..].Split('/') : [""];
        await (rest switch
        {
            ["profile"] => http.Response.WriteAsJsonAsync(
                new { emailAddress = Email, historyId = Number(Box.HistoryId), messagesTotal = 0, threadsTotal = 0 }),
            ["watch"] => Watches.BeginAsync(
                http, question, Number(Box.HistoryId), () => RefuseAsync(http, 400, "failedPrecondition")),
            ["stop"] => StopAsync(http),
            ["threads"] => ThreadsAsync(http),
            ["threads", var id] when Box.Of(id) is { Count: > 0 } messages => http.Response.WriteAsJsonAsync(new JsonObject
            {
                ["id"] = id,
                ["historyId"] = Number(Box.HistoryOf(id)),
                ["messages"] = new JsonArray([.. messages.Select(Describe)]),
            }),
            ["history"] => HistoryAsync(http),
            ["messages", var id] when Box.Find(id) is { } message => http.Response.WriteAsJsonAsync(Describe(message)),
            ["messages", _, "attachments", var id] when _attachments.TryGetValue(id, out var content) =>
                http.Response.WriteAsync(
                    $$"""{"size": {{content.Length}}, "data": "{{Base64Url.EncodeToString(content)}}\u003d"}"""),
            _ => RefuseAsync(http, 404, "notFound"),
        });
    }

    private Task StopAsync(HttpContext http)
    {
        Watches.Stop();
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task ThreadsAsync(HttpContext http)
    {
        var most = int.TryParse(http.Request.Query["maxResults"], out var asked) ? asked : PageItemsDefault;
        var start = int.TryParse(http.Request.Query["pageToken"], out var token) ? token : 0;
        var threads = Box.Threads();
        var page = threads.Skip(start).Take(most).Select(id => new JsonObject
        {
            ["id"] = id, ["snippet"] = "", ["historyId"] = Number(Box.HistoryOf(id)),
        }).ToList();
        var answer = new JsonObject { ["resultSizeEstimate"] = threads.Count };
        if (page.Count > 0)
        {
            answer["threads"] = new JsonArray([.. page]);
        }

        if (start + most < threads.Count)
        {
            answer["nextPageToken"] = Number(start + most);
        }

        return http.Response.WriteAsJsonAsync(answer);
    }

    private Task HistoryAsync(HttpContext http)
    {
        var most = int.TryParse(http.Request.Query["maxResults"], out var asked) ? asked : PageItemsDefault;
        var start = long.Parse(http.Request.Query["startHistoryId"].ToString(), CultureInfo.InvariantCulture);
        if (Box.Since(start, most) is not { } found)
        {
            return RefuseAsync(http, 404, "notFound");
        }

        var answer = new JsonObject { ["historyId"] = Number(Box.HistoryId) };
        if (found.Changes.Count > 0)
        {
            answer["history"] = new JsonArray([.. found.Changes.Select(change => new JsonObject
            {
                ["id"] = Number(change.Id),
                ["messages"] = new JsonArray(new JsonObject { ["id"] = change.MessageId, ["threadId"] = change.Thread }),
            })]);
        }

        if (found.HasMore)
        {
            answer["nextPageToken"] = Number(start);
        }

        return http.Response.WriteAsJsonAsync(answer);
    }

    private JsonObject Describe(MailEntry message) => new()
    {
        ["id"] = message.Id,
        ["threadId"] = message.Thread,
        ["labelIds"] = new JsonArray([.. message.Labels.Select(label => (JsonNode)label)]),
        ["historyId"] = Number(message.HistoryId),
        ["internalDate"] = Number(message.Date.ToUnixTimeMilliseconds()),
        ["payload"] = (JsonObject?)message.Payload?.DeepClone() ?? Payload(message),
    };

    private JsonObject Payload(MailEntry message)
    {
        var ids = 0;
        string Next() => Number(ids++);
        var root = new JsonObject
        {
            ["partId"] = "",
            ["mimeType"] = "multipart/mixed",
            ["filename"] = "",
            ["headers"] = new JsonArray([.. Headers(message)]),
            ["body"] = new JsonObject { ["size"] = 0 },
        };
        var parts = new JsonArray();
        var bodies = new JsonArray();
        if (message.Text is { } text)
        {
            bodies.Add((JsonNode)Part(Next(), "text/plain", "", Encoding.UTF8.GetBytes(text), message.IsTextApart));
        }

        if (message.Html is { } html)
        {
            bodies.Add((JsonNode)Part(Next(), "text/html", "", Encoding.UTF8.GetBytes(html), isApart: false));
        }

        parts.Add((JsonNode)new JsonObject
        {
            ["partId"] = Next(), ["mimeType"] = "multipart/alternative", ["filename"] = "", ["parts"] = bodies,
        });
        foreach (var file in message.Files)
        {
            var part = Part(Next(), file.Type, file.Name, file.Content, isApart: true);
            part["body"]!["size"] = file.Size ?? file.Content.Length;
            parts.Add((JsonNode)part);
        }

        root["parts"] = parts;
        return root;
    }

    private static IEnumerable<JsonNode> Headers(MailEntry message)
    {
        // The case of the names is the sender's own.
        yield return new JsonObject { ["name"] = "From", ["value"] = message.From };
        yield return new JsonObject { ["name"] = "TO", ["value"] = message.To };
        if (message.Cc is not null)
        {
            yield return new JsonObject { ["name"] = "cc", ["value"] = message.Cc };
        }

        if (message.Subject.Length > 0)
        {
            yield return new JsonObject { ["name"] = "subject", ["value"] = message.Subject };
        }
    }

    private JsonObject Part(string id, string type, string name, byte[] content, bool isApart)
    {
        var body = new JsonObject { ["size"] = content.Length };
        if (isApart)
        {
            var attachment = "ANGjdJ" + Number(Interlocked.Increment(ref _attachmentIds));
            _attachments[attachment] = content;
            body["attachmentId"] = attachment;
        }
        else
        {
            body["data"] = Base64Url.EncodeToString(content) + "=";
        }

        return new JsonObject
        {
            ["partId"] = id,
            ["mimeType"] = type,
            ["filename"] = name,
            ["headers"] = new JsonArray(
                new JsonObject { ["name"] = "Content-Type", ["value"] = type + "; charset=\"UTF-8\"" }),
            ["body"] = body,
        };
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
