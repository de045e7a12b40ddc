namespace AnyFetch.Client;

/// <summary>A hydrater as it appears in a document.</summary>
public sealed record HydraterReference
{
    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its address.</summary>
    public string Url { get; init; } = "";

    /// <summary>Its short name, for example <c>plaintext</c>.</summary>
    public string ShortName { get; init; } = "";
}
