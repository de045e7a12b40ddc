namespace AnyFetch.Core.DocumentTypes;

/// <summary>One text for each representation of a document.</summary>
public sealed record ViewTexts(string Title, string Snippet, string Full);
