namespace AnyFetch.Providers.Evernote;

/// <summary>The application at Evernote, and how its accounts are read.</summary>
public sealed class EvernoteProviderOptions
{
    /// <summary>The consumer key of the API key. Empty: the provider is not offered.</summary>
    public string ConsumerKey { get; set; } = "";

    /// <summary>The consumer secret that belongs to it.</summary>
    public string ConsumerSecret { get; set; } = "";

    /// <summary>Evernote's address. Default <c>https://www.evernote.com/</c>.</summary>
    public Uri ServiceUrl { get; set; } = new("https://www.evernote.com/");

    /// <summary>Entries asked for per page of changes. Default 1000.</summary>
    public int PageItemsMax { get; set; } = 1000;

    /// <summary>The largest answer that is read into memory, in bytes; files are streamed. Default 64 MiB.</summary>
    public int AnswerBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Pictures up to this size are shown within their note; larger ones, and all that is no picture, become documents of
    /// their own, in bytes. Default 100 KiB.
    /// </summary>
    public int InlineBytesMax { get; set; } = 100 * 1024;

    /// <summary>What all pictures that are shown within one note may take together, in bytes. Default 4 MiB.</summary>
    public int InlineTotalBytesMax { get; set; } = 4 * 1024 * 1024;

    /// <summary>What is kept of a note's text and of its markup, in characters each. Default 2,000,000.</summary>
    public int TextCharactersMax { get; set; } = 2_000_000;

    /// <summary>Words recognised in pictures that are kept per note. Default 5000.</summary>
    public int KeywordsMax { get; set; } = 5000;
}
