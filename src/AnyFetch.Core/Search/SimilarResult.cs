namespace AnyFetch.Core.Search;

/// <summary>Documents like another one.</summary>
/// <param name="Keywords">
/// The most significant terms of the source's metadata as they are written there, the most significant first, at most
/// <see cref="SimilarRequest.KeywordsMax"/>. Names, addresses and URLs are whole.
/// </param>
/// <param name="Found">The documents with any of the keywords. It holds the error when the narrowing query is malformed.</param>
public sealed record SimilarResult(IReadOnlyList<string> Keywords, SearchResult Found);
