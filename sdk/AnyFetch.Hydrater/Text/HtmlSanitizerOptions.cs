namespace AnyFetch.Hydrater.Text;

/// <summary>What the sanitiser lets through besides the fixed list of elements and attributes.</summary>
public sealed record HtmlSanitizerOptions
{
    /// <summary>
    /// Whether images may be loaded over http and https, which tells their host who reads. Default false.
    /// </summary>
    public bool AllowsRemoteImages { get; init; }

    /// <summary>
    /// Whether elements keep their classes, for templates whose stylesheet is on the page. Default false: a page from
    /// elsewhere must not dress up as the one that shows it.
    /// </summary>
    public bool AllowsClasses { get; init; }

    /// <summary>
    /// Gives another address for an image, such as the data URI of a mail's own picture for its <c>cid:</c>, or null to
    /// leave it. What it
    /// gives is checked as any other address. Default null.
    /// </summary>
    public Func<string, string?>? ResolveImage { get; init; }

    /// <summary>What becomes of quoted mails. Default: kept.</summary>
    public QuoteHandling Quotes { get; init; }

    /// <summary>Levels of nested elements that are kept; deeper ones become siblings. Default 200.</summary>
    public int DepthMax { get; init; } = 200;

    /// <summary>Characters of one data URI of an image. Default 2,000,000.</summary>
    public int DataUriCharactersMax { get; init; } = 2_000_000;
}
