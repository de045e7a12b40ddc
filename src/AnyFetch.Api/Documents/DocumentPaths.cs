namespace AnyFetch.Api.Documents;

/// <summary>The two forms of a document's path (api.md §3, <c>{ref}</c>). Every route of a document has both.</summary>
internal static class DocumentPaths
{
    private const string ById = $"/documents/{{{DocumentSelector.Id}}}";
    private const string ByIdentifier = $"/documents/identifier/{{{DocumentSelector.Identifier}}}";

    public static IReadOnlyList<string> All { get; } = [ById, ByIdentifier];

    public static IReadOnlyList<string> With(string tail) => [ById + tail, ByIdentifier + tail];
}
