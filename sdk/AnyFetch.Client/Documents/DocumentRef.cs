namespace AnyFetch.Client;

/// <summary>
/// Which document: by its id, or by the identifier that the calling token gave it. The identifier is percent-encoded
/// here, whatever it holds.
/// </summary>
public readonly record struct DocumentRef
{
    private DocumentRef(string path) => Path = path;

    internal string Path { get; }

    /// <summary>The document with this id.</summary>
    /// <param name="id">24 hexadecimal digits.</param>
    public static DocumentRef ById(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new DocumentRef("documents/" + Uri.EscapeDataString(id));
    }

    /// <summary>The document that the calling token sent under this identifier.</summary>
    /// <param name="identifier">The provider's own text, unencoded.</param>
    public static DocumentRef ByIdentifier(string identifier)
    {
        ArgumentException.ThrowIfNullOrEmpty(identifier);
        return new DocumentRef("documents/identifier/" + Encode(identifier));
    }

    // "." and ".." are taken for path segments by every URI parser on the way, "%2E" included: better to say so here.
    private static string Encode(string identifier) =>
        identifier is "." or ".."
            ? throw new ArgumentException("An identifier of dots alone cannot travel in a path.", nameof(identifier))
            : Uri.EscapeDataString(identifier);

    /// <summary>The path on the server.</summary>
    public override string ToString() => "/" + Path;
}
