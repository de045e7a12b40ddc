using AnyFetch.Core.Ids;

namespace AnyFetch.Core.DocumentTypes;

/// <summary>The ids of the types that every installation has; clients know them by heart (api.md §5).</summary>
public static class BuiltInDocumentTypes
{
    public static DocumentTypeId Contact { get; } = Id("5252ce4ce4cfcd16f55cfa3a");

    /// <summary>The type of a document that says nothing else.</summary>
    public static DocumentTypeId File { get; } = Id("5252ce4ce4cfcd16f55cfa3b");

    public static DocumentTypeId Document { get; } = Id("5252ce4ce4cfcd16f55cfa3c");

    public static DocumentTypeId Image { get; } = Id("5252ce4ce4cfcd16f55cfa3d");

    public static DocumentTypeId TrelloCard { get; } = Id("5252ce4ce4cfcd16f55cfa3e");

    public static DocumentTypeId Email { get; } = Id("5252ce4ce4cfcd16f55cfa3f");

    public static DocumentTypeId Event { get; } = Id("5252ce4ce4cfcd16f55cfa40");

    /// <summary>A note of a notebook; not among the types that the first clients knew.</summary>
    public static DocumentTypeId Note { get; } = Id("5252ce4ce4cfcd16f55cfa41");

    /// <summary>Its id is its name in ASCII.</summary>
    public static DocumentTypeId EmailThread { get; } = Id("656d61696c2d746872656164");

    private static DocumentTypeId Id(string text) => new(ObjectId.Parse(text));
}
