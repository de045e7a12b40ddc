namespace AnyFetch.Providers.Gmail;

/// <summary>What Gmail is asked when a mailbox is to be watched.</summary>
internal sealed record GmailWatchQuestion(string TopicName);

/// <summary>A watch of a mailbox.</summary>
/// <param name="Expiration">When it ends, in milliseconds since 1970.</param>
internal sealed record GmailWatch(long? Expiration);

/// <summary>A call of Cloud Pub/Sub.</summary>
internal sealed record PubSubCall(PubSubMessage? Message);

/// <summary>One message, whose data is base64.</summary>
internal sealed record PubSubMessage(string? Data);

/// <summary>What Gmail publishes when a mailbox changed.</summary>
internal sealed record GmailNotice(string? EmailAddress);

/// <summary>The keys that Google signs with (RFC 7517).</summary>
internal sealed record GoogleKeys(IReadOnlyList<GoogleKey> Keys);

/// <summary>One key for RSA signatures.</summary>
internal sealed record GoogleKey(string? Kty, string? Kid, string? N, string? E);
