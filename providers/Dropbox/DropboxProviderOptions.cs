namespace AnyFetch.Providers.Dropbox;

/// <summary>The application at Dropbox, and how its accounts are read.</summary>
public sealed class DropboxProviderOptions
{
    /// <summary>The app key of the Dropbox app console. Empty: the provider is not offered.</summary>
    public string AppKey { get; set; } = "";

    /// <summary>The app secret that belongs to it; it also signs notices and seals links to thumbnails.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>Where people consent. Default <c>https://www.dropbox.com/oauth2/authorize</c>.</summary>
    public Uri AuthorizeUrl { get; set; } = new("https://www.dropbox.com/oauth2/authorize");

    /// <summary>Where calls go that answer JSON. Default <c>https://api.dropboxapi.com/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://api.dropboxapi.com/");

    /// <summary>Where calls go that answer files. Default <c>https://content.dropboxapi.com/</c>.</summary>
    public Uri ContentUrl { get; set; } = new("https://content.dropboxapi.com/");

    /// <summary>Entries asked for per page of a listing, 1 to 2000. Default 2000.</summary>
    public int PageItemsMax { get; set; } = 2000;

    /// <summary>The largest JSON answer that is read, in bytes. Default 32 MiB.</summary>
    public int AnswerBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>Whether pictures get links to thumbnails that this provider serves. Default true.</summary>
    public bool Thumbnails { get; set; } = true;

    /// <summary>
    /// Whether the members of shared folders, and people whom a file was shared with, see its document as well. Needs the
    /// scope <c>sharing.read</c>; accounts that were connected before must be connected again. Default false.
    /// </summary>
    public bool Permissions { get; set; }
}
