using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.Gmail;

/// <summary>The application at Google, and how its mailboxes are read.</summary>
public sealed class GmailProviderOptions : GoogleApplicationOptions
{
    /// <summary>Where Gmail is asked. Default <c>https://gmail.googleapis.com/gmail/v1/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://gmail.googleapis.com/gmail/v1/");

    /// <summary>Threads or changes asked for per page, 1 to 500. A stopped run goes on from its page. Default 100.</summary>
    public int PageItemsMax { get; set; } = 100;

    /// <summary>Threads read at once while a mailbox is listed. Default 5.</summary>
    public int ThreadsAtOnceMax { get; set; } = 5;

    /// <summary>Attempts to read one thread before it goes to the error list. Default 3.</summary>
    public int ThreadAttemptsMax { get; set; } = 3;

    /// <summary>The longest body of one message, in bytes; what is beyond is left out. Default 1 MiB.</summary>
    public int BodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>The longest bodies of one thread together, in characters; the oldest are left out. Default 2,000,000.</summary>
    public int ThreadCharactersMax { get; set; } = 2_000_000;

    /// <summary>
    /// Two attachments of one name and size in a thread are compared when they are no larger than this, in bytes; larger ones
    /// count as two. Default 5 MiB.
    /// </summary>
    public int ComparedBytesMax { get; set; } = 5 * 1024 * 1024;
}
