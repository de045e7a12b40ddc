namespace AnyFetch.Providers.Box;

/// <summary>The application at Box, and how its accounts are read.</summary>
public sealed class BoxProviderOptions
{
    /// <summary>The client id of the Box developer console. Empty: the provider is not offered.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret that belongs to it.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The primary signature key of the application's webhooks. Empty together with the secondary one: no notice is believed.</summary>
    public string WebhookPrimaryKey { get; set; } = "";

    /// <summary>The secondary signature key, while keys are changed.</summary>
    public string WebhookSecondaryKey { get; set; } = "";

    /// <summary>Where people consent. Default <c>https://account.box.com/api/oauth2/authorize</c>.</summary>
    public Uri AuthorizeUrl { get; set; } = new("https://account.box.com/api/oauth2/authorize");

    /// <summary>Where calls go. Default <c>https://api.box.com/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://api.box.com/");

    /// <summary>Items asked for per page of a folder, 1 to 1000. Default 1000.</summary>
    public int PageItemsMax { get; set; } = 1000;

    /// <summary>Events asked for per page of the stream, 1 to 500. Default 500.</summary>
    public int PageEventsMax { get; set; } = 500;

    /// <summary>
    /// How old a position of the event stream may be, in days; everything is listed again instead of following an older
    /// one. Box keeps events for two weeks at least. Default 13.
    /// </summary>
    public int EventDaysMax { get; set; } = 13;

    /// <summary>
    /// Whether those who may see a file at Box see its document, and not the connecting user alone: a call more for each
    /// folder. Default false.
    /// </summary>
    public bool Permissions { get; set; }

    /// <summary>The largest JSON answer that is read, in bytes. Default 32 MiB.</summary>
    public int AnswerBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>The largest Box Note that is turned into text, in bytes; a larger one sends its metadata alone. Default 8 MiB.</summary>
    public int NoteBytesMax { get; set; } = 8 * 1024 * 1024;
}
