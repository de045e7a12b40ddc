using System.Text.Json.Serialization;

namespace AnyFetch.Providers.Gmail;

/// <summary>A mailbox, and where its history stands.</summary>
internal sealed record GmailProfile
{
    [JsonRequired]
    public required string HistoryId { get; init; }
}

// What has a default is set, not initialized: the generated reader would initialize what is absent with null.

/// <summary>One page of the threads of a mailbox. An empty mailbox has no member <c>threads</c>, but an estimate.</summary>
internal sealed record GmailThreadPage
{
    public IReadOnlyList<GmailThreadName> Threads { get; set; } = [];

    [JsonRequired]
    public required int ResultSizeEstimate { get; init; }

    public string? NextPageToken { get; init; }
}

/// <summary>A thread, and the last change of it.</summary>
internal sealed record GmailThreadName(string Id, string? HistoryId);

/// <summary>One page of what changed.</summary>
internal sealed record GmailHistoryPage
{
    public IReadOnlyList<GmailHistory> History { get; set; } = [];

    /// <summary>Where the history stands now.</summary>
    [JsonRequired]
    public required string HistoryId { get; init; }

    public string? NextPageToken { get; init; }
}

/// <summary>One change: the messages that it touched.</summary>
internal sealed record GmailHistory(string Id, IReadOnlyList<GmailHistory.Touched>? Messages)
{
    internal sealed record Touched(string? ThreadId);
}

/// <summary>A thread with its messages, oldest first.</summary>
internal sealed record GmailThread
{
    [JsonRequired]
    public required string Id { get; init; }

    public string? HistoryId { get; init; }

    public IReadOnlyList<GmailMessage> Messages { get; set; } = [];
}

/// <summary>A message.</summary>
internal sealed record GmailMessage
{
    [JsonRequired]
    public required string Id { get; init; }

    public IReadOnlyList<string> LabelIds { get; set; } = [];

    /// <summary>When Gmail took it in, in milliseconds since 1970.</summary>
    public long InternalDate { get; init; }

    public GmailPart? Payload { get; init; }
}

/// <summary>A part of a message (RFC 2045), or the message itself.</summary>
internal sealed record GmailPart
{
    public string PartId { get; set; } = "";

    public string MimeType { get; set; } = "";

    public string Filename { get; set; } = "";

    public IReadOnlyList<GmailHeader> Headers { get; set; } = [];

    public GmailBody? Body { get; init; }

    public IReadOnlyList<GmailPart> Parts { get; set; } = [];
}

/// <summary>A header field.</summary>
internal sealed record GmailHeader(string Name, string? Value);

/// <summary>The content of a part: here, or under an id that is good for a while.</summary>
internal sealed record GmailBody(string? AttachmentId, long Size, string? Data);

/// <summary>Every shape of Gmail's answers, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GmailProfile))]
[JsonSerializable(typeof(GmailThreadPage))]
[JsonSerializable(typeof(GmailHistoryPage))]
[JsonSerializable(typeof(GmailThread))]
[JsonSerializable(typeof(GmailMessage))]
[JsonSerializable(typeof(GmailWatchQuestion))]
[JsonSerializable(typeof(GmailWatch))]
[JsonSerializable(typeof(PubSubCall))]
[JsonSerializable(typeof(GmailNotice))]
[JsonSerializable(typeof(GoogleKeys))]
[JsonSerializable(typeof(GmailCursor))]
[JsonSerializable(typeof(GmailAttachment))]
internal sealed partial class GmailJson : JsonSerializerContext;
