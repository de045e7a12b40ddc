namespace AnyFetch.Mime.Headers;

/// <summary>One field of a header.</summary>
/// <param name="Name">The name as it was written; names are compared without regard to case.</param>
/// <param name="Value">The unfolded value, trimmed, its encoded words not yet decoded.</param>
public sealed record HeaderField(string Name, string Value);
