using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Mime;
using AnyFetch.Mime.Headers;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Gmail;

/// <summary>Makes the document of a thread (providers specification, section 3).</summary>
internal sealed class GmailThreadReader(GmailClient client, GmailProviderOptions options, SourceAccount account)
{
    private const string NoSubject = "No Subject";

    private static readonly string[] LeftOut = ["TRASH", "SPAM", "DRAFT", "CHAT"];

    /// <summary>The messages that are sent: no drafts, no chats, nothing out of the bin.</summary>
    public static IReadOnlyList<GmailMessage> MessagesOf(GmailThread thread) =>
    [
        .. thread.Messages.Where(message => message.Payload is not null && !message.LabelIds.Any(LeftOut.Contains))
            .OrderBy(message => message.InternalDate),
    ];

    /// <summary>The document of a thread with these messages and attachments.</summary>
    public async Task<DocumentDraft> ReadAsync(
        GmailThread thread, IReadOnlyList<GmailMessage> messages, IReadOnlyList<GmailAttachment> attachments,
        CancellationToken cancellationToken)
    {
        var headers = messages.Select(message => GmailParts.Headers(message.Payload!)).ToList();
        var bodies = await ReadBodiesAsync(messages, cancellationToken);
        var written = new JsonArray();
        var shown = new JsonArray();
        for (var i = 0; i < messages.Count; i++)
        {
            written.Add((JsonNode)Describe(messages[i], headers[i], bodies[i].Text));
            var html = new JsonObject { ["id"] = messages[i].Id };
            Add(html, "html", bodies[i].Html);
            shown.Add((JsonNode)html);
        }

        return new DocumentDraft
        {
            DocumentType = "email-thread",
            CreationDate = DateOf(messages[0]),
            ModificationDate = DateOf(messages[^1]),
            Metadata = new JsonObject
            {
                ["subject"] = Subject(headers[0]) ?? NoSubject,
                ["date"] = Text(DateOf(messages[0])),
                ["labels"] = Texts(messages.SelectMany(message => message.LabelIds).Distinct()),
                ["participants"] = People(headers.SelectMany(header =>
                    header.Addresses("From").Concat(header.Addresses("To")).Concat(header.Addresses("Cc")))),
                ["attachmentsCount"] = attachments.Count,
                ["messages"] = written,
            },
            Data = new JsonObject { ["id"] = thread.Id, ["messages"] = shown },
            Actions = new Dictionary<string, string> { ["show"] = GmailIdentifiers.OfThread(account, thread.Id) },
            Related = [.. attachments.Select(attachment => attachment.Identifier)],
        };
    }

    public static DateTimeOffset DateOf(GmailMessage message) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(message.InternalDate, 0, 253402300799999));

    /// <summary>One entry per address; a name that is more than the address wins.</summary>
    internal static JsonArray People(IEnumerable<MailAddress> addresses)
    {
        var people = new Dictionary<string, JsonObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var (address, name) in addresses.Where(person => person.Address.Length > 0))
        {
            if (!people.TryGetValue(address, out var person))
            {
                people[address] = person = new JsonObject { ["address"] = address };
            }

            if (name.Trim() is { Length: > 0 } said && !said.Equals(address, StringComparison.OrdinalIgnoreCase)
                && !person.ContainsKey("name"))
            {
                person["name"] = said;
            }
        }

        return new JsonArray([.. people.Values]);
    }

    private static JsonObject Describe(GmailMessage message, HeaderList headers, string? text)
    {
        var json = new JsonObject
        {
            ["from"] = People(headers.Addresses("From")),
            ["to"] = People(headers.Addresses("To")),
            ["cc"] = People(headers.Addresses("Cc")),
            ["subject"] = Subject(headers) ?? NoSubject,
            ["date"] = Text(DateOf(message)),
        };
        Add(json, "text", text?.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal));
        return json;
    }

    // Of a thread that is too long, the newest bodies are what people look for.
    private async Task<(string? Text, string? Html)[]> ReadBodiesAsync(
        IReadOnlyList<GmailMessage> messages, CancellationToken cancellationToken)
    {
        var bodies = new (string? Text, string? Html)[messages.Count];
        var left = options.ThreadCharactersMax;
        for (var i = messages.Count - 1; i >= 0 && left > 0; i--)
        {
            var text = await ReadBodyAsync(messages[i], "text/plain", cancellationToken);
            var html = await ReadBodyAsync(messages[i], "text/html", cancellationToken);
            left -= (text?.Length ?? 0) + (html?.Length ?? 0);
            bodies[i] = left >= 0 ? (text, html) : default;
        }

        return bodies;
    }

    private async Task<string?> ReadBodyAsync(GmailMessage message, string type, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var part in GmailParts.Walk(message.Payload!).Where(part => GmailParts.IsBody(part, type)))
        {
            if (part.Body is { } body)
            {
                await using var content = await client.OpenAsync(account, message.Id, body, cancellationToken);
                var bytes = new byte[(int)Math.Clamp(body.Size, 0, options.BodyBytesMax)];
                var length = await content.ReadAtLeastAsync(
                    bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
                texts.Add(GmailParts.Decode(part, bytes.AsSpan(0, length)));
            }
        }

        return string.Join('\n', texts.Where(text => text.Length > 0)) is { Length: > 0 } joined ? joined : null;
    }

    private static string? Subject(HeaderList headers) =>
        headers.Text("Subject")?.Trim() is { Length: > 0 } subject ? subject : null;

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Text(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
